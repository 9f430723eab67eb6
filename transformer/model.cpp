#include "transformer/model.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/rng.h"
#include "transformer/container.h"
#include "transformer/encoder.h"

namespace noema::transformer {
namespace {

using nlohmann::json;

/// About 8/3 of the width, so that three SwiGLU matrices cost what two of a GELU block of 4 widths do; a multiple
/// of 64.
int hidden_width(int width) { return std::max(1, (width * 8 / 3 + 32) / 64) * 64; }

std::size_t area(int rows, int columns) { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }

json to_json(const ModelOptions& o) {
  return {{"architecture", "transformer"}, {"layers", o.layers},   {"width", o.width},        {"heads", o.heads},
          {"context", o.context},          {"dropout", o.dropout}, {"tokenizer", o.tokenizer}};
}

ModelOptions options_from(const json& j) {
  ModelOptions o;
  j.at("layers").get_to(o.layers);
  j.at("width").get_to(o.width);
  j.at("heads").get_to(o.heads);
  j.at("context").get_to(o.context);
  j.at("dropout").get_to(o.dropout);
  j.at("tokenizer").get_to(o.tokenizer);
  return o;
}

}  // namespace

ModelOptions ModelOptions::preset(std::string_view name) {
  if (name == "tiny") return {2, 64, 2, 64, 0.0F, "bytes"};
  if (name == "small") return {4, 256, 4, 128, 0.1F, "bpe:8192"};
  if (name == "base") return {6, 384, 6, 256, 0.1F, "bpe:16384"};
  throw base::UsageError(fmt::format("preset {}: unknown; expected tiny, small or base", name));
}

void ModelOptions::validate() const {
  const auto require = [](bool holds, std::string_view option, auto value, std::string_view expected) {
    if (!holds) throw base::UsageError(fmt::format("{} {}: expected {}", option, value, expected));
  };
  require(layers >= 1 && layers <= 128, "layers", layers, "1 to 128");
  require(width >= 2 && width <= 16384, "width", width, "2 to 16384");
  require(heads >= 1 && width % heads == 0 && width / heads % 2 == 0, "heads", heads,
          fmt::format("a number whose share of the width {} is whole and even", width));
  require(context >= 4 && context <= 65536, "context", context, "4 to 65536");
  require(dropout >= 0 && dropout < 1, "dropout", dropout, "0 to below 1");
}

Shape::Shape(const ModelOptions& options, int vocabulary_size)
    : layers(options.layers),
      width(options.width),
      heads(options.heads),
      hidden(hidden_width(options.width)),
      context(options.context),
      vocabulary(vocabulary_size) {}

Shape::Layer Shape::layer(int index) const {
  const auto w = static_cast<std::size_t>(width);
  const std::size_t size = 2 * w + area(width, 3 * width) + area(width, width) + 3 * area(width, hidden);
  Layer at{};
  at.norm1 = area(vocabulary, width) + static_cast<std::size_t>(index) * size;
  at.qkv = at.norm1 + w;
  at.out = at.qkv + area(width, 3 * width);
  at.norm2 = at.out + area(width, width);
  at.gate_up = at.norm2 + w;
  at.down = at.gate_up + area(width, 2 * hidden);
  return at;
}

std::size_t Shape::final_norm() const { return layer(layers).norm1; }

Model::Model(ModelOptions options, Tokenizer tokenizer, std::vector<float> weights)
    : options_(std::move(options)),
      tokenizer_(std::move(tokenizer)),
      shape_(options_, tokenizer_.size()),
      weights_(std::move(weights)) {
  base::check(weights_.size() == shape_.parameters(), "as many weights as the shape has");
}

Model Model::random(const ModelOptions& options, Tokenizer tokenizer, std::uint64_t seed) {
  options.validate();
  const Shape shape(options, tokenizer.size());
  std::vector<float> weights(shape.parameters());
  base::Rng rng = base::Rng(seed).fork("weights");
  const auto draw = [&](std::size_t at, std::size_t n, double deviation) {
    for (std::size_t i = 0; i < n; ++i) weights[at + i] = static_cast<float>(deviation * rng.normal());
  };
  const auto ones = [&](std::size_t at) {
    std::fill_n(weights.begin() + static_cast<std::ptrdiff_t>(at), shape.width, 1.0F);
  };
  const double deviation = 0.02, narrower = deviation / std::sqrt(2.0 * shape.layers);
  draw(shape.embedding(), area(shape.vocabulary, shape.width), deviation);
  for (int l = 0; l < shape.layers; ++l) {
    const auto at = shape.layer(l);
    ones(at.norm1);
    ones(at.norm2);
    draw(at.qkv, area(shape.width, 3 * shape.width), deviation);
    draw(at.out, area(shape.width, shape.width), narrower);
    draw(at.gate_up, area(shape.width, 2 * shape.hidden), deviation);
    draw(at.down, area(shape.hidden, shape.width), narrower);
  }
  ones(shape.final_norm());
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
    const std::size_t expected = Shape(options, tokenizer.size()).parameters();
    if (weights.size() != expected)
      throw base::Error(fmt::format("{}: holds {} weights, expected {}; take it from a backup or make it again", name,
                                    weights.size(), expected));
    return {std::move(options), std::move(tokenizer), std::move(weights)};
  } catch (const json::exception& e) {
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
  hash.text(tokenizer_.serialize());
  hash.bytes({reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float)});
  return hash.hex();
}

std::vector<float> Model::encode(std::span<const Token> tokens, Mask mask) const {
  return Encoder(*this).encode(tokens, mask);
}

}  // namespace noema::transformer
