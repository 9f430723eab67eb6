#include "reasoning/knowledge.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "concepts/facts/relations.h"
#include "reasoning/taught.h"

namespace noema::reasoning {
namespace {

using concepts::facts::Fact;
using concepts::facts::Filler;
using concepts::facts::kSlot;
using concepts::facts::Link;
using concepts::facts::Relation;
using concepts::facts::Thing;
using concepts::facts::Word;
using concepts::facts::Words;
using concepts::facts::Wrap;
using nlohmann::json;

constexpr std::string_view kState = "knowledge";
constexpr int kFormat = 1;
constexpr double kRelateAgain = 1.1;  ///< relations are looked for again when so many times the sentences were told,
constexpr std::uint32_t kRelateAfter = 16;  ///< and so many more

json link_to_json(const Link& link) {
  return {link.form, link.subject, link.value, link.where ? json(*link.where) : json(nullptr), link.is};
}

Link link_from_json(const json& state) {
  Link link{state.at(0), state.at(1), state.at(2)};
  if (!state.at(3).is_null()) link.where = state.at(3).get<std::uint32_t>();
  link.is = state.at(4);
  return link;
}

}  // namespace

Words Knowledge::words_of(const std::string& text, base::IdentityRule rule) {
  Words words;
  for (const std::string& identity : base::identities_in(segmenter_, text, rule)) {
    const auto [found, is_new] = word_of_.try_emplace(identity, static_cast<Word>(words_.size()));
    if (is_new) words_.push_back(identity);
    words.push_back(found->second);
  }
  return words;
}

/// The same without learning new words: those that are unknown get one number that no sentence has.
Words Knowledge::known_words_of(const std::string& text) const {
  Words words;
  for (const std::string& identity : base::identities_in(segmenter_, text)) {
    const auto found = word_of_.find(identity);
    words.push_back(found == word_of_.end() ? static_cast<Word>(words_.size()) : found->second);
  }
  return words;
}

std::string Knowledge::in_words(const Words& words) const {
  std::string text;
  for (const Word word : words) {
    if (!text.empty()) text += ' ';
    text += word == kSlot ? "_" : words_[static_cast<std::size_t>(word)];
  }
  return text;
}

/// Returns whether the input is a sentence that was told.
bool Knowledge::take(const memory::EpisodeRow& row, base::IdentityRule rule) {
  if (row.kind == kAsked) return false;
  if (row.kind == kTaught) {
    concepts::facts::TaughtQuestion taught{words_of(row.text, rule), std::nullopt,
                                           static_cast<std::uint32_t>(told_.sentences().size())};
    if (row.answer) taught.answer = words_of(*row.answer, rule);
    questions_.teach(std::move(taught));
    return false;
  }
  Words words = words_of(row.text, rule);
  if (words.empty() || words.size() > concepts::facts::kMaxWords) return false;
  told_.tell(std::move(words), row.id);
  return true;
}

Knowledge Knowledge::stored_in(const memory::Life& life) {
  Knowledge knowledge;
  const auto stored = life.state(kState);
  if (!stored) return knowledge;
  try {
    const json state = json::from_cbor(*stored);
    if (state.at("format") != kFormat) throw base::Error("it was written by another version");
    for (const auto& word : state.at("words")) {
      knowledge.word_of_.emplace(word.get<std::string>(), static_cast<Word>(knowledge.words_.size()));
      knowledge.words_.push_back(word.get<std::string>());
    }
    knowledge.told_ = concepts::facts::Told::load(state.at("told"));
    knowledge.induction_ = concepts::facts::Induction::load(state.at("induction"));
    for (const auto& one : state.at("taught")) {
      concepts::facts::TaughtQuestion taught{one.at(0).get<Words>(), std::nullopt, one.at(2).get<std::uint32_t>()};
      if (!one.at(1).is_null()) taught.answer = one.at(1).get<Words>();
      knowledge.questions_.teach(std::move(taught));
    }
    for (const auto& links : state.at("relations")) {
      Relation relation;
      for (const auto& link : links) relation.push_back(link_from_json(link));
      knowledge.relations_.push_back(std::move(relation));
    }
    knowledge.position_ = state.at("position");
    knowledge.related_at_ = state.at("related_at");
    knowledge.was_thought_ = true;
  } catch (const std::exception& error) {
    throw base::Error(std::string("what the life knows cannot be read: ") + error.what());
  }
  return knowledge;
}

Knowledge Knowledge::of(const memory::Life& life) {
  Knowledge knowledge = stored_in(life);
  if (knowledge.was_thought_) knowledge.take_tail(life);
  return knowledge;
}

void Knowledge::catch_up(const memory::Life& life) {
  if (was_thought_ && position_ != life.last_position()) take_tail(life);
}

/// Takes what was told since, without thinking about it, and learns the questions.
void Knowledge::take_tail(const memory::Life& life) {
  life.for_each_log_entry(position_, [&](const memory::LogEntry& entry) {
    if (entry.episode != nullptr) take(*entry.episode, life.episodes().rule_at(entry.position));
    position_ = entry.position;
  });
  questions_.learn(told_, relations_);
}

std::size_t Knowledge::think(memory::Life& life, const std::function<bool()>& keep_on) {
  struct Stopped {};
  Knowledge knowledge = stored_in(life);
  std::size_t thought = 0;
  try {
    life.for_each_log_entry(knowledge.position_, [&](const memory::LogEntry& entry) {
      if (keep_on && !keep_on()) throw Stopped{};
      if (entry.episode != nullptr && knowledge.take(*entry.episode, life.episodes().rule_at(entry.position))) {
        knowledge.consider_next();
        ++thought;
      }
      knowledge.position_ = entry.position;
    });
  } catch (const Stopped&) {
  }
  knowledge.keep(life);
  return thought;
}

void Knowledge::consider_next() {
  const auto told = static_cast<std::uint32_t>(told_.sentences().size());
  induction_.consider(told_, told - 1);
  if (told < kRelateAgain * related_at_ + kRelateAfter) return;
  relations_ = concepts::facts::find_relations(told_);
  related_at_ = told;
}

void Knowledge::keep(memory::Life& life) const {
  json state = {{"format", kFormat},       {"words", words_},
                {"told", told_.save()},    {"induction", induction_.save()},
                {"taught", json::array()}, {"relations", json::array()},
                {"position", position_},   {"related_at", related_at_}};
  for (const auto& one : questions_.taught())
    state["taught"].push_back({one.question, one.answer ? json(*one.answer) : json(nullptr), one.told});
  for (const Relation& relation : relations_) {
    json links = json::array();
    for (const Link& link : relation) links.push_back(link_to_json(link));
    state["relations"].push_back(std::move(links));
  }
  const std::vector<std::uint8_t> bytes = json::to_cbor(state);
  life.set_state(kState, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// The filler of a slot of a fact's sentence, with the constants around it that answers say, as the input writes it.
std::string Knowledge::told_as(const memory::Life& life, const Fact& fact, std::uint32_t slot, Wrap wrap) const {
  const auto& sentence = told_.sentences()[fact.sentence];
  const auto row = life.episodes().input(sentence.source);
  const auto fillers = concepts::facts::match(told_.form(sentence.form).pattern, sentence.words);
  base::check(fillers.has_value(), "a sentence does not match its template");
  const Filler filler = (*fillers)[slot];
  if (!row) return in_words(told_.words_of(sentence.fillers[slot]));
  const std::vector<base::Unit> units = segmenter_.split(row->text);
  const std::size_t begin = units.at(filler.begin - wrap.before).text_begin;
  return row->text.substr(begin, units.at(filler.end + wrap.after - 1).end - begin);
}

KnownAnswer Knowledge::answer(const memory::Life& life, const std::string& question) const {
  KnownAnswer answer;
  const concepts::facts::Reply reply = questions_.ask(told_, known_words_of(question));
  answer.is_understood = reply.is_understood;
  answer.confidence = (reply.right + 0.5) / (reply.right + reply.wrong + 1.0);
  for (const Fact& fact : reply.chain) answer.chain.push_back(told_.sentences()[fact.sentence].source);
  if (reply.fact) answer.value = told_as(life, *reply.fact, reply.fact->link.value, reply.wrap);
  return answer;
}

std::vector<KnownFact> Knowledge::facts(const memory::Life& life, const std::string& thing) const {
  const auto subject = told_.thing_of(known_words_of(thing));
  std::vector<KnownFact> facts;
  if (!subject) return facts;
  for (const Relation& relation : relations_) {
    const auto most = std::max_element(relation.begin(), relation.end(), [&](const Link& a, const Link& b) {
      return told_.form(a.form).members.size() < told_.form(b.form).members.size();
    });
    const std::string name = in_words(told_.form(most->form).pattern);
    std::size_t first = facts.size();
    for (const Fact& fact : concepts::facts::facts_of(told_, relation, *subject)) {
      const memory::EpisodeId source = told_.sentences()[fact.sentence].source;
      const auto row = life.episodes().find(source);
      const double time = row ? row->time : 0;
      const std::string value = told_as(life, fact, fact.link.value, {});
      if (facts.size() > first && facts.back().value == value) {
        facts.back().told.push_back(source);
        continue;
      }
      if (facts.size() > first) facts.back().until = time;
      facts.push_back({name, told_as(life, fact, fact.link.subject, {}), value, time, std::nullopt, {source}});
    }
  }
  return facts;
}

std::vector<KnownRelation> Knowledge::relations() const {
  std::vector<KnownRelation> known;
  for (const Relation& relation : relations_) {
    KnownRelation one;
    for (const Link& link : relation) {
      one.templates.push_back(in_words(told_.form(link.form).pattern));
      if (link.where) {
        Words pattern = told_.form(link.form).pattern;
        const auto place = concepts::facts::place_of_slot(pattern, *link.where);
        const Words& is = told_.words_of(link.is);
        pattern.erase(pattern.begin() + static_cast<std::ptrdiff_t>(place));
        pattern.insert(pattern.begin() + static_cast<std::ptrdiff_t>(place), is.begin(), is.end());
        one.templates.back() = in_words(pattern);
      }
      for (const std::uint32_t number : told_.form(link.form).members)
        one.told += concepts::facts::holds(told_, number, link);
    }
    known.push_back(std::move(one));
  }
  std::stable_sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.told > b.told; });
  return known;
}

}  // namespace noema::reasoning
