// Runs under Vitest: the trash between the engine's end and main's, over a double of the channel between them.
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { trashThrough } from '../hosts/utility-trash.ts';
import { answerTrash } from '../main/trash.ts';

/** A utility process and its parent port, each giving the other what is posted. */
function channel() {
  const [child, parent] = [new EventEmitter(), new EventEmitter()];
  const postToMain = (message: unknown): void => {
    queueMicrotask(() => child.emit('message', message));
  };
  const postToEngine = (message: unknown): void => {
    queueMicrotask(() => parent.emit('message', { data: message, ports: [] }));
  };
  return {
    child: Object.assign(child, { postMessage: postToEngine }),
    parent: Object.assign(parent, { postMessage: postToMain }),
  };
}

test('a file goes to the trash, and what the system says against it comes back', async () => {
  const { child, parent } = channel();
  const trashed: string[] = [];
  answerTrash(child as never, {
    trashItem: (path) => {
      if (path.endsWith('locked.jpg')) return Promise.reject(new Error('The file is locked.'));
      trashed.push(path);
      return Promise.resolve();
    },
  });
  const trash = trashThrough(parent);
  await Promise.all([trash.move('/pictures/a.jpg'), trash.move('/pictures/b.jpg')]);
  expect(trashed).toEqual(['/pictures/a.jpg', '/pictures/b.jpg']);
  await expect(trash.move('/pictures/locked.jpg')).rejects.toThrow('The file is locked.');
  await expect(trash.move('not absolute')).rejects.toThrow('no path');
});

test('what is not an ask for the trash is passed over', () => {
  const { child } = channel();
  answerTrash(child as never, { trashItem: () => Promise.reject(new Error('never called')) });
  for (const message of [null, {}, { type: 'port' }, { type: 'trash' }]) child.emit('message', message);
});
