"""Write graph.onnx: what the encoder does with its weights, without the weights themselves."""

from __future__ import annotations

import sys
from pathlib import Path

from onnx import ModelProto, NodeProto, TensorProto, helper, save_model

from img_pathway.encoder import layout

OPSET, CONTRIB = 17, "com.microsoft"
_TYPES = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8, "int8": TensorProto.INT8}


def kept_outside(tensor: layout.Tensor, file: str) -> TensorProto:
    """Return an initializer whose data lie in the file of weights."""
    proto = TensorProto(name=tensor.name, data_type=_TYPES[tensor.kind], dims=tensor.shape)
    proto.data_location = TensorProto.EXTERNAL
    for key, value in (("location", file), ("offset", tensor.offset), ("length", tensor.length)):
        proto.external_data.add(key=key, value=str(value))
    return proto


class Builder:
    """Collects nodes; each is named by what it gives."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.nodes: list[NodeProto] = []

    def add(self, kind: str, inputs: list[str], output: str, **settings: object) -> str:
        """Add a node and return the name of its output."""
        contrib = {"MatMulNBits", "MultiHeadAttention", "SkipLayerNormalization", "Gelu"}
        domain = CONTRIB if kind in contrib else ""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **settings))
        return output

    def constant(self, name: str, values: list[int], *, scalar: bool = False) -> str:
        """Add whole numbers."""
        tensor = helper.make_tensor(name, TensorProto.INT64, [] if scalar else [len(values)], values)
        return self.add("Constant", [], name, value=tensor)

    def matrix(self, matrix: layout.Matrix, source: str) -> str:
        """Add the product with a matrix of 8-bit blocks, and its bias."""
        return self.add(
            "MatMulNBits",
            [source, f"{matrix.name}.weights", f"{matrix.name}.scales", "", "", f"{matrix.name}.bias"],
            f"{matrix.name}.product",
            K=matrix.columns,
            N=matrix.rows,
            bits=8,
            block_size=layout.BLOCK,
            accuracy_level=4,
        )

    def norm(self, name: str, source: str, beside: str) -> str:
        """Add the sum of two, normalized."""
        return self.add(
            "SkipLayerNormalization",
            [source, beside, f"{name}.norm.scale", f"{name}.norm.bias"],
            f"{name}.normed",
            epsilon=layout.EPSILON,
        )


def embedded(build: Builder) -> str:
    """Word and position of each token, summed and normalized."""
    build.add("Gather", ["words", "input_ids"], "word.bytes", axis=0)
    build.add("Cast", ["word.bytes"], "word.plain", to=TensorProto.FLOAT)
    build.add("Gather", ["words.scales", "input_ids"], "word.scale", axis=0)
    build.add("Mul", ["word.plain", "word.scale"], "word")
    build.add("Shape", ["input_ids"], "length.list", start=1, end=2)
    build.add("Squeeze", ["length.list"], "length")
    build.add(
        "Range", [build.constant("zero", [0], scalar=True), "length", build.constant("one", [1], scalar=True)], "places"
    )
    build.add("Add", ["places", build.constant("two", [2])], "position.ids")
    build.add("Gather", ["positions", "position.ids"], "position", axis=0)
    build.add("Add", ["word", "position"], "word.placed")
    names = ["word.placed", "embedded.scale", "embedded.bias"]
    return build.add("LayerNormalization", names, "embedded", axis=-1, epsilon=layout.EPSILON)


def distances(build: Builder) -> str:
    """What each head adds for how far two tokens are apart, shape (1, heads, length, length)."""
    build.add("Unsqueeze", ["places", build.constant("first", [0])], "places.row")
    build.add("Unsqueeze", ["places", build.constant("last", [1])], "places.column")
    build.add("Sub", ["places.row", "places.column"], "apart.signed")
    build.add("Add", ["apart.signed", build.constant("middle", [layout.LONGEST - 1])], "apart")
    build.add("Gather", ["distances", "apart"], "apart.bias", axis=0)
    build.add("Transpose", ["apart.bias"], "apart.heads", perm=[2, 0, 1])
    return build.add("Unsqueeze", ["apart.heads", "first"], "apart.batch")


def layer(build: Builder, number: int, source: str, bias: str) -> str:
    """One layer: attention, then two matrices with what lies between."""
    attention, attended, inner, outer = layout.matrices(number)
    product = build.matrix(attention, source)
    parts = [f"{number}.{which}" for which in ("query", "key", "value")]
    build.nodes.append(helper.make_node("Split", [product, "thirds"], parts, name=f"{number}.split", axis=-1))
    inputs = [*parts, "", "mask", bias]
    heads = build.add("MultiHeadAttention", inputs, f"{number}.heads", num_heads=layout.HEADS)
    (first, _), (second, _) = layout.norms(number)
    middle = build.norm(first, build.matrix(attended, heads), source)
    active = build.add("Gelu", [build.matrix(inner, middle)], f"{number}.active")
    return build.norm(second, build.matrix(outer, active), middle)


def model(file: str) -> ModelProto:
    """The whole graph; its weights lie in `file` beside it."""
    build = Builder()
    hidden = embedded(build)
    bias = distances(build)
    build.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    build.constant("thirds", [layout.WIDTH] * 3)
    for number in range(layout.LAYERS):
        hidden = layer(build, number, hidden, bias)
    build.add("Identity", [hidden], "last_hidden_state")
    shape = ["batch", "length"]
    graph = helper.make_graph(
        build.nodes,
        "encoder",
        [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, layout.WIDTH])],
        [kept_outside(tensor, file) for tensor in layout.tensors()],
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


if __name__ == "__main__":
    save_model(model("weights.bin"), str(Path(sys.argv[1])))
