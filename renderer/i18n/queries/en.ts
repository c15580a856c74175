// Runs in the page: the words of what a query says, in English.

export const queriesEn = {
  'filter.withSpeech': 'With speech',
  'filter.withoutSpeech': 'Without speech',
  'filter.near': 'Near {{place}}',
  'filter.shorter': 'At most {{length}} long',
  'filter.longer': 'At least {{length}} long',
  'filter.lengthBetween': '{{from}} to {{until}} long',
  'intent.first': '{{kinds}} first',
  'intent.spoken': 'Said in words',
  'want.weighted': '{{text}} ×{{weight}}',
  'want.plus': '+ {{text}}',
  'want.minus': '− {{text}}',
  'field.name': 'name',
  'field.title': 'title',
  'field.keywords': 'keywords',
  'field.description': 'description',
  'field.said': 'said',
  'field.folder': 'folder',
};
