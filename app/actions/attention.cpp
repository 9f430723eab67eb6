#include "app/actions/attention.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/failure_context.h"
#include "base/text.h"

namespace noema::app {

AttentionValue attention(const transformer::Model& model, const AttentionRequest& request) {
  const base::FailureContext context("computing attention");
  if (const auto invalid = base::first_invalid_utf8(request.text))
    throw base::Error(fmt::format("attention: byte {} of the text is not UTF-8", *invalid));
  const bool both = request.both_sides || model.options().pairs == "prefix";
  const auto mask = both ? transformer::Mask::kBidirectional : transformer::Mask::kCausal;
  return {transformer::attention_map(model, request.text, request.layer, request.head, mask, request.stop)};
}

nlohmann::ordered_json to_json(const AttentionValue& value) {
  return {{"tokens", value.map.tokens},
          {"readers", value.map.readers},
          {"layer", value.map.layer},
          {"head", value.map.head},
          {"weights", value.map.weights}};
}

}  // namespace noema::app
