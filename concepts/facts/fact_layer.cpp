#include "concepts/facts/fact_layer.h"

#include <string>
#include <utility>

#include "concepts/facts/relations.h"

namespace noema::concepts::facts {
namespace {

using nlohmann::json;

json link_to_json(const Link& link) {
  return {link.form, link.subject, link.value, link.where ? json(*link.where) : json(nullptr), link.is};
}

Link link_from_json(const json& state) {
  Link link{state.at(0), state.at(1), state.at(2)};
  if (!state.at(3).is_null()) link.where = state.at(3).get<std::uint32_t>();
  link.is = state.at(4);
  return link;
}

json relations_to_json(const std::vector<Relation>& relations) {
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

bool is_due_again(std::size_t told, std::size_t last) {
  constexpr double kAgain = 1.1;
  constexpr std::size_t kAfter = 16;
  return static_cast<double>(told) >= kAgain * static_cast<double>(last) + kAfter;
}

Words FactLayer::learn_words(std::span<const std::string> identities) {
  Words words;
  for (const std::string& identity : identities) {
    const auto [found, is_new] = word_of_.try_emplace(identity, static_cast<Word>(words_.size()));
    if (is_new) words_.push_back(identity);
    words.push_back(found->second);
  }
  return words;
}

Words FactLayer::words_of(std::span<const std::string> identities) const {
  Words words;
  for (const std::string& identity : identities) words.push_back(word_of(identity));
  return words;
}

Word FactLayer::word_of(const std::string& identity) const {
  const auto found = word_of_.find(identity);
  return found == word_of_.end() ? kUnknown : found->second;
}

bool FactLayer::tell(Words words, std::int64_t source) {
  if (words.empty() || words.size() > kMaxWords) return false;
  told_.tell(std::move(words), source);
  return true;
}

bool FactLayer::think(Words words, std::int64_t source) {
  if (!tell(std::move(words), source)) return false;
  const auto told = static_cast<std::uint32_t>(told_.sentences().size());
  induction_.consider(told_, told - 1);
  if (is_due_again(told, related_at_)) relate();
  return true;
}

void FactLayer::relate() {
  relations_ = find_relations(told_);
  kinds_ = kinds_of_fact(told_, relations_);
  rules_ = find_rules(told_, kinds_);
  related_at_ = static_cast<std::uint32_t>(told_.sentences().size());
}

void FactLayer::withdraw(std::int64_t source) {
  if (const auto sentence = told_.sentence_of(source)) told_.withdraw(*sentence);
}

void FactLayer::restore(std::int64_t source) {
  if (const auto sentence = told_.sentence_of(source)) told_.restore(*sentence);
}

json FactLayer::save() const {
  json state = {{"words", words_},
                {"told", told_.save()},
                {"induction", induction_.save()},
                {"relations", relations_to_json(relations_)},
                {"kinds", relations_to_json(kinds_)},
                {"rules", json::array()},
                {"related_at", related_at_}};
  for (const Rule& rule : rules_) {
    json path = json::array();
    for (const Step step : rule.path) path.push_back({step.kind, step.is_inverse});
    state["rules"].push_back({rule.kind, rule.holds, rule.fails, std::move(path)});
  }
  return state;
}

FactLayer FactLayer::load(const json& state) {
  FactLayer layer;
  for (const auto& word : state.at("words")) {
    layer.word_of_.emplace(word.get<std::string>(), static_cast<Word>(layer.words_.size()));
    layer.words_.push_back(word.get<std::string>());
  }
  layer.told_ = Told::load(state.at("told"));
  layer.induction_ = Induction::load(state.at("induction"));
  layer.relations_ = relations_from_json(state.at("relations"));
  layer.kinds_ = relations_from_json(state.at("kinds"));
  for (const auto& one : state.at("rules")) {
    Rule rule{one.at(0), {}, one.at(1), one.at(2)};
    for (const auto& step : one.at(3)) rule.path.push_back({step.at(0), step.at(1)});
    layer.rules_.push_back(std::move(rule));
  }
  layer.related_at_ = state.at("related_at");
  return layer;
}

}  // namespace noema::concepts::facts
