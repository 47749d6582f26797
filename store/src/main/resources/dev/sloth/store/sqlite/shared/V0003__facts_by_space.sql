-- Who watches a namespace reads its facts in the order of their numbers, without sorting all there are.

CREATE INDEX facts_by_space ON facts (space, number);
