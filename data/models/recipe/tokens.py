"""English tokenizer rules that split text as Universal Dependencies does."""

from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

KEPT_PREFIXES = (
    "non",
    "anti",
    "pro",
    "co",
    "re",
    "pre",
    "post",
    "e",
    "semi",
    "mini",
    "ex",
    "sub",
    "inter",
    "counter",
    "multi",
    "vice",
    "under",
)
# Abbreviated ranks and titles that spaCy's English takes for words with a full stop behind them.
TITLES = "Amb. Brig. Capt. Cdr. Cmdr. Col. Cpl. Hon. Insp. Lt. Maj. Pvt. Sgt. Sr. Supt.".split()
LETTER = "A-Za-zÀ-ɏ"


def hyphen_infix():
    """A hyphen between letters splits, except after prefixes that UD leaves on their word."""
    kept = "".join(f"(?<!\\b{p})(?<!\\b{p.capitalize()})" for p in KEPT_PREFIXES)
    return rf"(?<=[{LETTER}0-9]){kept}(?:-|–|—|--|---|——|~)(?=[{LETTER}])"


def set_rules(nlp):
    """Give a pipeline's tokenizer the rules; they are saved with it."""
    infixes = [rule for rule in nlp.Defaults.infixes if "(?:-|–|—|--|---|——|~)" not in rule]
    infixes += [
        hyphen_infix(),
        rf"(?<=[{LETTER}.]{{2}})(?:—|–|--)(?=[{LETTER}“\"‘'])",
        r"(?<=[A-Za-z.])/(?=[A-Z])",
        r"(?<=[,.;:!?”\"])(?:—|–|--)",
        r"(?<=[0-9])(?:—|--)",
        r"(?:—)",
        r"[)](?=[—–])",
        r"(?<=[A-Z]\.)-(?=[a-z])",
    ]
    suffixes = [*list(nlp.Defaults.suffixes), "—", "–", "(?<=[A-Za-z])['’](?:m|M|ve|VE|re|RE|ll|LL|d|D)"]
    prefixes = [*list(nlp.Defaults.prefixes), "—", "–"]
    for title in TITLES:
        nlp.tokenizer.add_special_case(title, [{"ORTH": title}])
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    nlp.tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    nlp.tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    return nlp
