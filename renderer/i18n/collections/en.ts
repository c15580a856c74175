// Runs in the page: the words of collections and of what a person decides, in English.

export const collectionsEn = {
  'filter.favourite': 'Favourites',
  'filter.notFavourite': 'Not a favourite',
  'filter.hidden': 'Hidden',
  'filter.notHidden': 'Not hidden',
  'filter.tag': 'Tag: {{tag}}',
  'filter.notTag': 'Without the tag {{tag}}',
  'filter.album': 'Album: {{album}}',
  'filter.notAlbum': 'Not in {{album}}',
};
