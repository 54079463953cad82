"""The small encoder with its heads as one ONNX graph with integer weights, and the pipeline around it."""

import io
import json

import numpy as np
import torch
from joint import FLAT, Joint
from torch import nn
from torch.nn import functional as F  # noqa: N812 (its usual name)
from transformers import BertConfig, BertModel

SHARED = 2  # layers that the upper part reads on from
NAMES = ("start", "arcs", "relations", "governors", *FLAT, "lower", "vectors")


class Table(nn.Module):
    """The pieces' vectors in eight bits with a scale a row."""

    def __init__(self, weight):
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().clamp(-127, 127).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids):
        """Vectors of pieces."""
        return self.rows[ids].float() * self.scale[ids]


class Careful(nn.Module):
    """The joint model for one text at a time, from pieces to every head's scores."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.table = Table(model.encoder.embeddings.word_embeddings.weight.data)
        conv = model.near.weight.data  # a convolution as one product: quicker, and it becomes integers too
        self.near = nn.Linear(3 * model.size, model.size)
        self.near.weight.data = torch.cat([conv[:, :, i] for i in range(3)], 1)
        self.near.bias.data = model.near.bias.data

    def forward(self, ids, case, pool, shape):
        """All heads' scores of a text of S pieces and W words; `pool` [1, W, S] makes the ones the others."""
        m = self.model
        given = self.table(ids) + m.case(case)
        out = m.encoder(
            inputs_embeds=given, attention_mask=torch.ones_like(ids), output_hidden_states=True
        ).hidden_states
        mixed = sum(w * layer for w, layer in zip(m.mix.softmax(0), out, strict=True)) * m.scale
        words = pool @ mixed + m.shape(shape)
        blank = torch.zeros_like(words[:, :1])
        beside = [torch.cat([blank, words[:, :-1]], 1), words, torch.cat([words[:, 1:], blank], 1)]
        words = m.norm(words + self.near(torch.cat(beside, -1)))
        heads = torch.cat([m.root.reshape(1, 1, -1), words], 1)
        d, g = m.rel.sides(words, heads)
        count, width = m.rel.w.shape[0], m.rel.w.shape[1]
        relations = d @ m.rel.w.permute(1, 0, 2).reshape(width, count * width)
        return (
            m.start(words),
            m.arc(words, heads),
            relations.unflatten(-1, (count, width)),
            g,
            *(m.flat[c](words) for c in FLAT),
            out[SHARED],
            words,
        )


def joint_of(weights, config, vocab):
    """The trained model from its weights."""
    plain = json.loads(config.read_text(encoding="utf-8"))
    depth = 1 + max(int(k.split(".layer.")[1].split(".")[0]) for k in weights if ".layer." in k)
    plain["num_hidden_layers"] = depth
    bert = BertModel(BertConfig(**plain, attn_implementation="eager"), add_pooling_layer=False)
    model = Joint(bert, {k: len(v) for k, v in vocab.items()})
    model.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in weights.items()})
    return model.eval()


def to_onnx(model, path):
    """Write the graph in full precision."""
    pieces, words = 24, 15
    pool = F.pad(torch.eye(words), (1, pieces - words - 1)).unsqueeze(0)
    example = (
        torch.randint(1000, 5000, (1, pieces)),
        torch.zeros(1, pieces, dtype=torch.long),
        pool,
        torch.zeros(1, words, dtype=torch.long),
    )
    axes = {"ids": {1: "S"}, "case": {1: "S"}, "pool": {1: "W", 2: "S"}, "shape": {1: "W"}}
    axes |= {name: {1: "W"} for name in NAMES}
    axes |= {"arcs": {1: "W", 2: "H"}, "governors": {1: "H"}, "lower": {1: "S"}}
    graph = Careful(model).eval()
    torch.onnx.export(
        graph,
        example,
        str(path),
        input_names=["ids", "case", "pool", "shape"],
        output_names=list(NAMES),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def shrink(path, out, least=50_000):
    """Large matrices in eight bits with a scale a column, widened again when the model is loaded.

    Computing on integers as well would be half as fast again, but names lose by it.
    """
    import onnx
    from onnx import helper, numpy_helper

    graph = (model := onnx.load(str(path))).graph
    for tensor in list(graph.initializer):
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.ndim != 2 or array.size < least:
            continue
        scale = np.maximum(np.abs(array).max(0), 1e-8) / 127
        rows = np.clip(np.round(array / scale), -127, 127).astype(np.int8)
        graph.initializer.remove(tensor)
        narrow, wide = tensor.name + "_narrow", tensor.name
        graph.initializer.append(numpy_helper.from_array(rows, narrow))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), wide + "_scale"))
        node = helper.make_node("DequantizeLinear", [narrow, wide + "_scale"], [wide], axis=1)
        graph.node.insert(0, node)
    onnx.save(model, str(out))


def read_weights(path):
    """Weights as `ensemble.py` keeps them."""
    return torch.load(io.BytesIO(path.read_bytes()), weights_only=True, map_location="cpu")
