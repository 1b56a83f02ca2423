export { bagOfKnown, bagOfWords, selectWords, type Bag, type BagOptions, type KnownBag, type LeftOut } from './bag.ts';
export { columnDocuments, cutText, type Cut, type CutText, type TextDocument } from './documents.ts';
export { ENGLISH } from './stop-words.ts';
export { wordsOf } from './tokens.ts';
