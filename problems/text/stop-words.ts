/**
 * English function words: articles, pronouns, prepositions, conjunctions, auxiliaries and what `wordsOf` leaves of contractions. Words with a subject matter of their own (`may` aside, which is an
 * auxiliary here) are none.
 */
export const ENGLISH: ReadonlySet<string> = new Set(
  `about above according across after again against ain all almost along already also although always am amid among amongst an and another any anybody anyone anything anywhere are aren around as at away
  be became because become becomes been before behind being below beneath beside besides between beyond both but by can cannot could couldn did didn do does doesn doing don done down during each either else
  enough etc even ever every everybody everyone everything everywhere except few for from further furthermore get gets getting given go goes going had hadn has hasn have haven having he hence her here hers
  herself him himself his how however if in indeed inside instead into is isn it its itself just least less let like likewise ll many may maybe me meanwhile might mine more moreover most much must mustn my
  myself namely near neither never nevertheless no nobody none nor not nothing now nowhere of off often oh on once one ones only onto or other others otherwise ought our ours ourselves out outside over own
  per perhaps quite rather re really said same say says shall shan she should shouldn since so some somebody someone something sometimes somewhere soon still such than that the thee their theirs them
  themselves then thence there thereby therefore therein these they this those thou though through throughout thus thy till to together too toward towards under unless until unto up upon us ve very via was wasn
  we well were weren what whatever when whence whenever where whereas whereby wherein wherever whether which whichever while whither who whoever whole whom whose why will with within without won would wouldn
  yes yet you your yours yourself yourselves`.split(/\s+/),
);
