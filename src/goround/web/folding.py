"""What is the same on every page is worked out once, when a template is read: our own sentences,
and the addresses of sheets and modules. A page has dozens of them, and looking each up costs as
much as all that people wrote."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer


def folding(constant: Mapping[str, Callable[..., str]]) -> type[CodeGenerator]:
    """Return what makes code of templates in which these functions are asked beforehand."""

    class Folding(CodeGenerator):
        """Puts in what a constant function makes of constant values."""

        def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802, ANN401 - Jinja's own
            super().visit_Template(_Folder(constant).visit(node), frame)

    return Folding


class _Folder(NodeTransformer):
    """Replaces calls by what they come to."""

    def __init__(self, constant: Mapping[str, Callable[..., str]]) -> None:
        self._constant = constant

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's own
        self.generic_visit(node)
        function = self._constant.get(getattr(node.node, "name", ""))
        values = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        if function is None or node.kwargs or len(values) < len(node.args):
            return node
        return nodes.Const(function(*values), lineno=node.lineno)
