"""Mends what parsers often get wrong where the words leave no doubt, before anything is read off the tree.

Each repair is named for what it mends and moves or renames one word; a right tree is left as it is. Later
ones count on earlier ones, so the order is part of them.
"""

from kg.parsing.repairs import contents, nouns, speakers, words
from kg.parsing.tree import Sentence

# Parts of speech come first: the others ask for them. What an "it" stands for is known last.
STAGES = (
    (
        words.noun_not_verb,
        words.verb_by_its_complement,
        words.clause_not_phrase,
        speakers.verb_of_source,
        speakers.source_behind_according,
    ),
    (
        contents.content_not_relative,
        contents.relative_not_content,
        contents.subject_of_content,
        contents.object_of_infinitive,
        contents.clause_of_expletive,
        speakers.aside_not_coordinated,
        contents.content_not_coordinated,
        contents.content_behind_phrase,
        contents.content_behind_insert,
        contents.report_not_content,
        contents.comment_not_content,
        contents.state_not_content,
        contents.question_not_object,
        contents.infinitive_beside_infinitive,
        contents.content_not_adverbial,
        contents.content_not_aside,
        contents.participle_not_coordinated,
        contents.main_verb_not_complement,
        speakers.subject_before_aside,
        speakers.subject_before_speaker,
        speakers.subject_of_split_quote,
        speakers.quoted_not_done,
        words.infinitive_not_predicate,
        words.infinitive_not_oblique,
        contents.asked_not_purpose,
        contents.charge_not_modifier,
        contents.clause_not_on_adverb,
        words.verb_not_noun,
        words.verb_of_first_subject,
        words.verb_not_participle,
        words.verb_not_compound,
        words.clause_not_compound,
        words.limit_not_place,
        words.finite_verb,
        words.growing_noun,
        nouns.relative_with_stranded_preposition,
        nouns.member_not_apposition,
        nouns.conjunction_before_member,
        nouns.half_of_name,
        nouns.person_not_things,
        speakers.speaker_behind_verb,
        speakers.speaker_after_quote,
    ),
    (contents.it_is_subject,),
)

# Where a word without dependents has these relations, there is nothing to mend.
FUNCTION = frozenset("punct det case cc cop aux aux:pass mark nummod fixed flat".split())


def repair(sentence: Sentence) -> Sentence:
    """The sentence, its tree mended in place."""
    speakers.verb_behind_quote(sentence)
    words_with_a_place = [t for t in sentence if t.children or t.dep not in FUNCTION]
    for stage in STAGES:
        for token in words_with_a_place:
            for mend in stage:
                mend(token)
    return sentence
