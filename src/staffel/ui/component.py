"""Template tags that refuse what they do not know.

Django's own ``simple_tag`` accepts any value. A component states what it takes: an unknown argument or an unknown level
is a TemplateSyntaxError that names the tag and what is allowed, for a literal already when the template is compiled.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps

from django.template import Library, Node, TemplateSyntaxError
from django.template.base import FilterExpression
from django.template.library import parse_bits
from django.utils.safestring import SafeString, mark_safe

register = Library()


def component(*, block: bool = False, **choices: Iterable[str]):
    """Register the decorated function as a tag of its own name.

    The function returns safe HTML. With ``block`` the tag has an end tag, and the rendered content is the first argument.
    Arguments are given by position or by name, values that are None count as not given where the function has a default.
    ``choices`` names for an argument the values it may have. A function whose first argument is called ``context`` gets
    the template's context.
    """
    allowed = {argument: tuple(values) for argument, values in choices.items()}

    def decorate(function: Callable[..., SafeString]):
        name = function.__name__
        spec = inspect.getfullargspec(function)
        takes_context = bool(spec.args) and spec.args[0] == "context"
        given = int(takes_context) + int(block)
        arguments = spec.args[given:]
        if unknown := set(allowed) - {*arguments, *spec.kwonlyargs}:
            raise TypeError(f"component {name} has choices for arguments it does not take: {sorted(unknown)}")

        def compile_tag(parser, token):
            bits = token.split_contents()[1:]
            target = None
            if len(bits) >= 2 and bits[-2] == "as":
                target, bits = bits[-1], bits[:-2]
            try:
                args, kwargs = parse_bits(
                    parser, bits, arguments, None, None, spec.defaults, spec.kwonlyargs, spec.kwonlydefaults, False, name
                )
            except TemplateSyntaxError as error:
                raise TemplateSyntaxError(
                    f"{error} {{% {name} %}} takes: {', '.join([*arguments, *spec.kwonlyargs])}."
                ) from None
            content = None
            if block:
                content = parser.parse((f"end{name}",))
                parser.delete_first_token()
            named = dict(zip(arguments, args, strict=False)) | kwargs
            for argument, expression in named.items():
                if argument in allowed and is_literal(expression):
                    check_choice(name, argument, expression.resolve({}), allowed[argument])
            return ComponentNode(
                function, named=named, content=content, target=target, allowed=allowed, takes_context=takes_context
            )

        register.tag(name, compile_tag)

        @wraps(function)
        def called(*args, **kwargs):
            return function(*args, **kwargs)

        return called

    return decorate


def is_literal(expression: FilterExpression) -> bool:
    return not expression.filters and (not hasattr(expression.var, "lookups") or expression.var.lookups is None)


def check_choice(tag: str, argument: str, value: object, allowed: tuple[str, ...]) -> None:
    """Raise TemplateSyntaxError unless ``value`` is one of the ``allowed`` ones."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{{% {tag} %}}: {argument} is {value!r}, allowed are {', '.join(map(repr, allowed))}.")


class ComponentNode(Node):
    """One use of a component in a template."""

    child_nodelists = ("content",)

    def __init__(self, function, *, named, content, target, allowed, takes_context):
        self.function = function
        self.named = named
        self.content = content
        self.target = target
        self.allowed = allowed
        self.takes_context = takes_context

    def render(self, context):
        values = {argument: expression.resolve(context) for argument, expression in self.named.items()}
        for argument, allowed in self.allowed.items():
            if argument in values:
                check_choice(self.function.__name__, argument, values[argument], allowed)
        before = [context] if self.takes_context else []
        if self.content is not None:
            before.append(self.content.render(context))
        html = self.function(*before, **values)
        if self.target:
            context[self.target] = html
            return ""
        return html


def part(tag: str, kind: type, item):
    """Return ``item`` as the named tuple ``kind``; a plain tuple fits if its length does.

    Raises TemplateSyntaxError otherwise, naming the fields.
    """
    if isinstance(item, kind):
        return item
    try:
        return kind(*item)
    except TypeError:
        fields = ", ".join(kind._fields)
        raise TemplateSyntaxError(f"{{% {tag} %}}: {item!r} is not a {kind.__name__}({fields}).") from None


def joined(pieces: Iterable[SafeString]) -> SafeString:
    """Return safe pieces put together; whatever is not safe already is refused, not escaped."""
    pieces = list(pieces)
    for piece in pieces:
        if not hasattr(piece, "__html__"):
            raise TypeError(f"only safe HTML can be joined, got {piece!r}")
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is safe, checked above
