// How what is known is kept in the life.

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "reasoning/knowledge.h"

namespace noema::reasoning {
namespace {

using concepts::facts::Link;
using concepts::facts::Relation;
using concepts::facts::Word;
using concepts::facts::Words;
using nlohmann::json;

constexpr std::string_view kState = "knowledge";
constexpr int kFormat = 3;  ///< what an earlier format kept is found again from the inputs

json link_to_json(const Link& link) {
  return {link.form, link.subject, link.value, link.where ? json(*link.where) : json(nullptr), link.is};
}

Link link_from_json(const json& state) {
  Link link{state.at(0), state.at(1), state.at(2)};
  if (!state.at(3).is_null()) link.where = state.at(3).get<std::uint32_t>();
  link.is = state.at(4);
  return link;
}

json to_json(const std::vector<Relation>& relations) {
  json lists = json::array();
  for (const Relation& relation : relations) {
    json links = json::array();
    for (const Link& link : relation) links.push_back(link_to_json(link));
    lists.push_back(std::move(links));
  }
  return lists;
}

std::vector<Relation> relations_from_json(const json& lists) {
  std::vector<Relation> relations;
  for (const auto& links : lists) {
    relations.emplace_back();
    for (const auto& link : links) relations.back().push_back(link_from_json(link));
  }
  return relations;
}

}  // namespace

Knowledge Knowledge::stored_in(const memory::Life& life) {
  Knowledge knowledge;
  const auto stored = life.state(kState);
  if (!stored) return knowledge;
  try {
    const json state = json::from_cbor(*stored);
    if (state.at("format") != kFormat) return knowledge;
    for (const auto& word : state.at("words")) {
      knowledge.word_of_.emplace(word.get<std::string>(), static_cast<Word>(knowledge.words_.size()));
      knowledge.words_.push_back(word.get<std::string>());
    }
    knowledge.told_ = concepts::facts::Told::load(state.at("told"));
    knowledge.induction_ = concepts::facts::Induction::load(state.at("induction"));
    for (const auto& one : state.at("taught")) {
      concepts::facts::TaughtQuestion taught{one.at(0).get<Words>(),         std::nullopt,
                                             one.at(2).get<std::uint32_t>(), one.at(3).get<std::int64_t>(),
                                             one.at(4).get<bool>(),          one.at(5).get<bool>()};
      if (!one.at(1).is_null()) taught.answer = one.at(1).get<Words>();
      knowledge.questions_.teach(std::move(taught));
    }
    knowledge.relations_ = relations_from_json(state.at("relations"));
    for (const auto& question : state.at("asked")) knowledge.asked_.push_back(question);
    for (const auto& one : state.at("rules")) {
      concepts::facts::Rule rule{one.at(0), {}, one.at(1), one.at(2)};
      for (const auto& step : one.at(3)) rule.path.push_back({step.at(0), step.at(1)});
      knowledge.rules_.push_back(std::move(rule));
    }
    knowledge.kinds_ = relations_from_json(state.at("kinds"));
    knowledge.position_ = state.at("position");
    knowledge.related_at_ = state.at("related_at");
    knowledge.identified_at_ = state.at("identified_at");
    knowledge.was_thought_ = true;
  } catch (const std::exception& error) {
    throw base::Error(std::string("what the life knows cannot be read: ") + error.what());
  }
  return knowledge;
}

void Knowledge::keep(memory::Life& life) const {
  json state = {{"format", kFormat},
                {"words", words_},
                {"told", told_.save()},
                {"induction", induction_.save()},
                {"taught", json::array()},
                {"relations", to_json(relations_)},
                {"position", position_},
                {"related_at", related_at_},
                {"identified_at", identified_at_},
                {"asked", asked_},
                {"rules", json::array()},
                {"kinds", to_json(kinds_)}};
  for (const auto& rule : rules_) {
    json path = json::array();
    for (const auto& step : rule.path) path.push_back({step.kind, step.is_inverse});
    state["rules"].push_back({rule.kind, rule.holds, rule.fails, std::move(path)});
  }
  for (const auto& one : questions_.taught())
    state["taught"].push_back({one.question, one.answer ? json(*one.answer) : json(nullptr), one.told, one.source,
                               one.is_refused, one.is_withdrawn});
  const std::vector<std::uint8_t> bytes = json::to_cbor(state);
  life.set_state(kState, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace noema::reasoning
