"""What is English and not grammar: lexicon, word forms, quotation marks, time words."""
