#include "transformer/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/rng.h"
#include "transformer/architecture.h"
#include "transformer/container.h"
#include "transformer/encoder.h"
#include "transformer/finite.h"

namespace noema::transformer {
namespace {

using nlohmann::json;

/// The hidden size: about 8/3 of the width, so that the three matrices of SwiGLU cost as much as the two matrices of a
/// GELU block with 4 widths; a multiple of 64.
int hidden_width(int width) { return std::max(1, (width * 8 / 3 + 32) / 64) * 64; }

std::size_t area(int rows, int columns) { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }

json to_json(const ModelOptions& o) {
  return {
      {"architecture", o.architecture}, {"layers", o.layers},   {"width", o.width},         {"heads", o.heads},
      {"context", o.context},           {"dropout", o.dropout}, {"tokenizer", o.tokenizer}, {"kv_heads", o.kv_heads},
      {"positions", o.positions},       {"pairs", o.pairs},     {"attention", o.attention}};
}

ModelOptions options_from(const json& j) {
  ModelOptions o;
  j.at("architecture").get_to(o.architecture);
  j.at("layers").get_to(o.layers);
  j.at("width").get_to(o.width);
  j.at("heads").get_to(o.heads);
  j.at("context").get_to(o.context);
  j.at("dropout").get_to(o.dropout);
  j.at("tokenizer").get_to(o.tokenizer);
  o.kv_heads = j.value("kv_heads", o.kv_heads);
  o.positions = j.value("positions", o.positions);
  o.pairs = j.value("pairs", o.pairs);
  o.attention = j.value("attention", o.attention);
  return o;
}

}  // namespace

ModelOptions ModelOptions::preset(std::string_view name) {
  if (name == "tiny") return {.layers = 2, .width = 64, .heads = 2, .context = 64, .dropout = 0, .tokenizer = "bytes"};
  if (name == "small") return {};
  if (name == "base") return {.layers = 6, .width = 384, .heads = 6, .context = 256, .tokenizer = "bpe:16384"};
  throw base::UsageError(fmt::format("preset {}: unknown; expected tiny, small or base", name));
}

void ModelOptions::validate() const {
  const auto require = [](bool holds, std::string_view option, auto value, std::string_view expected) {
    if (!holds) throw base::UsageError(fmt::format("{} {}: expected {}", option, value, expected));
  };
  const auto names = architectures();
  require(std::find(names.begin(), names.end(), architecture) != names.end(), "arch", architecture,
          fmt::format("{}", fmt::join(names, ", ")));
  require(layers >= 1 && layers <= 128, "layers", layers, "1 to 128");
  require(width >= 2 && width <= 16384, "width", width, "2 to 16384");
  require(architecture != "transformer" || (heads >= 1 && width % heads == 0 && width / heads % 2 == 0), "heads", heads,
          fmt::format("a number whose share of the width {} is whole and even", width));
  require(kv_heads >= 0 && (kv_heads == 0 || (heads >= 1 && heads % kv_heads == 0)), "kv-heads", kv_heads,
          fmt::format("0 or a number that divides the {} heads", heads));
  require(positions == "rotary" || positions == "learned", "positions", positions, "rotary or learned");
  require(pairs.empty() || pairs == "causal" || pairs == "prefix", "pairs", pairs, "causal, prefix or nothing");
  require(attention == "luong" || attention == "none", "attention", attention, "none or luong");
  require(context >= 4 && context <= 65536, "context", context, "4 to 65536");
  require(dropout >= 0 && dropout < 1, "dropout", dropout, "0 to below 1");
}

Shape::Shape(const ModelOptions& options, int vocabulary_size)
    : layers(options.layers),
      width(options.width),
      heads(options.heads),
      kv_heads(options.kv_heads > 0 ? options.kv_heads : options.heads),
      hidden(hidden_width(options.width)),
      context(options.context),
      vocabulary(vocabulary_size),
      learned_positions(options.positions == "learned") {}

Shape::Layer Shape::layer(int index) const {
  const auto w = static_cast<std::size_t>(width);
  const std::size_t size = 2 * w + area(width, qkv_width()) + area(width, width) + 3 * area(width, hidden);
  Layer at{};
  at.norm1 = area(vocabulary, width) + static_cast<std::size_t>(index) * size;
  at.qkv = at.norm1 + w;
  at.out = at.qkv + area(width, qkv_width());
  at.norm2 = at.out + area(width, width);
  at.gate_up = at.norm2 + w;
  at.down = at.gate_up + area(width, 2 * hidden);
  return at;
}

std::size_t Shape::final_norm() const { return layer(layers).norm1; }

Layout Shape::layout() const {
  const double deviation = 0.02, narrower = deviation / std::sqrt(2.0 * layers);
  Layout all;
  all.matrix("embedding", vocabulary, width, deviation);
  for (int l = 0; l < layers; ++l) {
    const auto name = [&](const char* tensor) { return fmt::format("layer {} {}", l, tensor); };
    all.vector(name("norm1"), width, 1);
    all.matrix(name("qkv"), width, qkv_width(), deviation);
    all.matrix(name("out"), width, width, narrower);
    all.vector(name("norm2"), width, 1);
    all.matrix(name("gate_up"), width, 2 * hidden, deviation);
    all.matrix(name("down"), hidden, width, narrower);
  }
  all.vector("final_norm", width, 1);
  if (learned_positions) all.matrix("positions", context, width, deviation);
  return all;
}

Model::Model(ModelOptions options, Tokenizer tokenizer, std::vector<float> weights)
    : options_(std::move(options)),
      tokenizer_(std::move(tokenizer)),
      shape_(options_, tokenizer_.size()),
      weights_(std::move(weights)) {
  base::check(weights_.size() == layout_of(options_, tokenizer_.size()).parameters(),
              "as many weights as the layout has");
}

const Shape& Model::shape() const {
  if (options_.architecture != "transformer")
    throw base::Error(
        fmt::format("the model is of architecture {}; expected a transformer here: train one with "
                    "--arch transformer",
                    options_.architecture));
  return shape_;
}

Model Model::random(const ModelOptions& options, Tokenizer tokenizer, std::uint64_t seed) {
  options.validate();
  const Layout layout = layout_of(options, tokenizer.size());
  std::vector<float> weights(layout.parameters());
  base::Rng rng = base::Rng(seed).fork("weights");
  for (const Tensor& tensor : layout.tensors())
    for (std::size_t i = tensor.begin; i < tensor.end(); ++i)
      weights[i] = tensor.deviation > 0 ? static_cast<float>(tensor.deviation * rng.normal()) : tensor.start;
  return {options, std::move(tokenizer), std::move(weights)};
}

std::string Model::serialize() const {
  return pack(
      {"model", {{"options", to_json(options_)}}, {{"tokenizer", tokenizer_.serialize()}}, {{"weights", weights_}}});
}

Model Model::parse(std::string_view bytes, std::string_view name) {
  Container container = unpack(bytes, "model", name);
  try {
    ModelOptions options = options_from(container.header.at("options"));
    options.validate();
    Tokenizer tokenizer = Tokenizer::parse(container.blobs["tokenizer"]);
    auto& weights = container.arrays["weights"];
    const std::size_t expected = layout_of(options, tokenizer.size()).parameters();
    if (weights.size() != expected)
      throw base::Error(fmt::format("{}: holds {} weights, expected {}; take it from a backup or make it again", name,
                                    weights.size(), expected));
    require_finite(weights, name, "weight");
    return {std::move(options), std::move(tokenizer), std::move(weights)};
  } catch (const json::exception&) {
    throw base::Error(fmt::format("{}: the model's header is damaged; take it from a backup or make it again", name));
  } catch (const base::UsageError& e) {
    throw base::Error(
        fmt::format("{}: the model's header is damaged ({}); take it from a backup or make it again", name, e.what()));
  }
}

Model Model::load(const std::filesystem::path& path) { return parse(base::read_file(path), path.string()); }

void Model::save(const std::filesystem::path& path) const { base::write_file(path, serialize()); }

std::string Model::hash() const {
  base::Sha256 hash;
  for (int value : {shape_.layers, shape_.width, shape_.heads, shape_.hidden, shape_.context, shape_.vocabulary})
    hash.integer(value);
  if (shape_.kv_heads != shape_.heads) hash.integer(shape_.kv_heads);
  if (shape_.learned_positions) hash.text("learned positions");
  if (options_.architecture != "transformer") hash.text(options_.architecture);
  if (!options_.pairs.empty()) hash.text("pairs read " + options_.pairs);
  hash.text(tokenizer_.serialize());
  hash.bytes({reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float)});
  return hash.hex();
}

std::vector<float> Model::encode(std::span<const Token> tokens, Mask mask) const {
  return Encoder(*this).encode(tokens, mask);
}

}  // namespace noema::transformer
