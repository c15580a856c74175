// Runs under Vitest: reading M-BEIR's questions and candidates, as its files write them and as its page says.
import { expect, test } from 'vitest';
import { isMbeir, parseCandidates, parseQuestions } from './mbeir.ts';

test('questions with ids alone or as objects, with what is not there as null or as nothing', () => {
  const text =
    '{"qid":"9:1","query_txt":"a red door","query_img_path":null,"query_modality":"text","pos_cand_list":["9:5"]}\n' +
    '{"qid":"9:2","query_txt":"","query_img_path":"a/b.jpg","pos_cand_list":[{"did":"9:6"}],"neg_cand_list":[]}\n\n';
  expect(isMbeir(text)).toBe(true);
  expect(isMbeir('{"query":"cat","relevant":[]}')).toBe(false);
  expect(parseQuestions(text)).toEqual([
    { qid: '9:1', text: 'a red door', picture: null, relevant: ['9:5'], modality: 'text' },
    { qid: '9:2', text: null, picture: 'a/b.jpg', relevant: ['9:6'], modality: 'picture' },
  ]);
});

test('candidates of text, of picture, of both', () => {
  const text =
    '{"did":"9:5","txt":"a door","img_path":null,"modality":"text","src_content":"{}"}\n' +
    '{"did":"9:6","txt":"a door","img_path":"d.jpg","modality":"image,text"}';
  expect(parseCandidates(text)).toEqual([
    { did: '9:5', text: 'a door', picture: null },
    { did: '9:6', text: 'a door', picture: 'd.jpg' },
  ]);
});

test('a line that cannot be used is named', () => {
  expect(() => parseCandidates('{"did":"1","txt":"a"}\n{')).toThrow('Line 2');
  expect(() => parseCandidates('{"did":"1"}')).toThrow('neither text nor picture');
  expect(() => parseQuestions('{"qid":"1","query_txt":"a"}')).toThrow('pos_cand_list');
});
