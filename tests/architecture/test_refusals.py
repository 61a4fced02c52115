"""Every refusal that a customer may see has a name of its own and a sentence."""

from collections import Counter
from importlib import import_module

from mykyivstar.kit.errors import CustomerError
from tests.architecture.source import modules


def refusals() -> list[type[CustomerError]]:
    for module in modules():
        if module.layer in {"kit", "domain", "formatting", "guard"}:
            import_module("mykyivstar." + module.name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))

    def below(refusal: type[CustomerError]) -> list[type[CustomerError]]:
        return [found for child in refusal.__subclasses__() for found in (child, *below(child))]

    return [refusal for refusal in below(CustomerError) if refusal.__module__.startswith("mykyivstar.")]


def test_every_refusal_that_is_raised_has_a_code_of_its_own() -> None:
    named = [refusal for refusal in refusals() if "code" in vars(refusal)]
    codes = Counter(refusal.code for refusal in named)
    assert {code: number for code, number in codes.items() if number > 1} == {}
    unnamed = {refusal.__qualname__ for refusal in refusals() if "code" not in vars(refusal)}
    with_children = {refusal.__qualname__ for refusal in refusals() if refusal.__subclasses__()}
    assert unnamed - with_children == set(), "only a refusal with kinds of its own may do without a code"


def test_every_refusal_says_a_sentence() -> None:
    wordless = [
        refusal.__qualname__ for refusal in refusals() if not refusal.sentence.strip().endswith((".", "!", "?"))
    ]
    assert wordless == []
