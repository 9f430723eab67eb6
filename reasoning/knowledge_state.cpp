// How what is known is kept in the life.

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "reasoning/knowledge.h"

namespace noema::reasoning {
namespace {

using concepts::facts::Words;
using nlohmann::json;

constexpr std::string_view kState = "knowledge";
constexpr int kFormat = 4;  ///< what an earlier format kept is found again from the inputs

}  // namespace

Knowledge Knowledge::stored_in(const memory::Life& life) {
  Knowledge knowledge;
  const auto stored = life.state(kState);
  if (!stored) return knowledge;
  try {
    const json state = json::from_cbor(*stored);
    if (state.at("format") != kFormat) return knowledge;
    knowledge.facts_ = concepts::facts::FactLayer::load(state);
    const auto told = static_cast<std::uint32_t>(knowledge.told().sentences().size());
    knowledge.scenes_ = concepts::facts::Scenes::load(state.at("scenes"), told);
    for (const auto& one : state.at("taught")) {
      concepts::facts::TaughtQuestion taught{
          one.at(0).get<Words>(), std::nullopt,          one.at(2).get<std::uint32_t>(), one.at(3).get<std::int64_t>(),
          one.at(4).get<bool>(),  one.at(5).get<bool>(), one.at(6).get<std::uint32_t>()};
      if (!one.at(1).is_null()) taught.answer = one.at(1).get<Words>();
      knowledge.questions_.teach(std::move(taught));
    }
    knowledge.asked_ = state.at("asked").get<std::vector<std::string>>();
    knowledge.position_ = state.at("position");
    knowledge.identified_at_ = state.at("identified_at");
    if (state.contains("rows_shape")) knowledge.rows_shape_ = state["rows_shape"].get<std::int64_t>();
    knowledge.was_thought_ = true;
  } catch (const std::exception& error) {
    throw base::Error(std::string("what the life knows cannot be read: ") + error.what());
  }
  return knowledge;
}

void Knowledge::keep(memory::Life& life) {
  put_rows(life);
  json state = facts_.save();
  state["format"] = kFormat;
  state["scenes"] = scenes_.save();
  state["position"] = position_;
  state["identified_at"] = identified_at_;
  state["asked"] = asked_;
  state["rows_shape"] = *rows_shape_;
  state["taught"] = json::array();
  for (const auto& one : questions_.taught())
    state["taught"].push_back({one.question, one.answer ? json(*one.answer) : json(nullptr), one.told, one.source,
                               one.is_refused, one.is_withdrawn, one.scene});
  const std::vector<std::uint8_t> bytes = json::to_cbor(state);
  life.set_state(kState, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace noema::reasoning
