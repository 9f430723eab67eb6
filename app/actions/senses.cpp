#include "app/actions/senses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/actions/json_fields.h"
#include "base/json.h"

namespace noema::app {

using concepts::company::Columns;
using concepts::company::kAlikeWidth;
using concepts::company::kNoWord;
using concepts::company::SenseChoice;
using concepts::company::Senses;
using concepts::company::Word;
using concepts::company::Words;
using nlohmann::ordered_json;
using reasoning::Mention;

struct SenseTeller::WordSenses {
  std::string word;
  std::vector<Mention> mentions;
  Columns contexts;
  concepts::company::WordNumbers numbers;
  Senses senses;
  std::vector<std::size_t> order;   ///< senses, commonest first
  std::vector<std::size_t> rank;    ///< of each sense in it
  std::vector<std::size_t> counts;  ///< mentions of each sense
  std::size_t sense_of(std::size_t mention) const { return senses.sense_of(senses.fine_of_mentions()[mention]); }
};

namespace {

/// Words near the mentions of a sense, those that tell it from the others first: by how many more there are than if
/// they stood near all senses alike.
std::vector<Word> telling_words(const std::vector<Mention>& mentions, const std::vector<bool>& is_own,
                                const Words& words, std::size_t most) {
  std::map<Word, std::pair<double, double>> counts;  // in this sense, in all
  double own = 0, all = 0;
  for (std::size_t i = 0; i < mentions.size(); ++i)
    for (const auto* side : {&mentions[i].around.before, &mentions[i].around.after})
      for (const Word word : *side) {
        if (word == kNoWord || words.telling(word) == 0 || base::is_mark(words[word].identity)) continue;
        auto& [here, anywhere] = counts[word];
        ++anywhere, ++all;
        if (is_own[i]) ++here, ++own;
      }
  std::vector<concepts::company::ScoredWord> scored;
  for (const auto& [word, count] : counts)
    if (count.first > 1) {
      const double chance = own * (count.second + words.telling(word)) / (all + 1);
      scored.push_back({word, double{words.telling(word)} * count.first * std::log(count.first / chance)});
    }
  std::vector<Word> result;
  for (const auto& [word, score] : best_of(std::move(scored), most)) result.push_back(word);
  return result;
}

/// The wholes around the mentions of a sense, the most frequent first, of which most mentions are of this sense.
std::vector<concepts::company::Part> own_wholes(const std::vector<Mention>& mentions, const std::vector<bool>& is_own,
                                                std::size_t most) {
  std::map<concepts::company::Part, std::pair<std::size_t, std::size_t>> counts;  // in this sense, in all
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].around.whole == concepts::company::kNoPart) continue;
    auto& [here, anywhere] = counts[mentions[i].around.whole];
    ++anywhere;
    if (is_own[i]) ++here;
  }
  std::vector<concepts::company::ScoredWord> scored;
  for (const auto& [whole, count] : counts)
    if (2 * count.first > count.second) scored.push_back({whole, static_cast<double>(count.first)});
  std::vector<concepts::company::Part> result;
  for (const auto& [whole, count] : best_of(std::move(scored), most)) result.push_back(whole);
  return result;
}

}  // namespace

SenseTeller::SenseTeller(const memory::Life& life, const Words& words, std::uint64_t seed)
    : life_(life),
      words_(words),
      seed_(seed),
      wholes_(reasoning::stored_wholes(life)),
      directions_(words.directions(kAlikeWidth)),
      finder_(words, wholes_ ? &*wholes_ : nullptr) {}

SenseTeller::~SenseTeller() = default;

/// Looked up once a word; null if the life does not mention it.
const SenseTeller::WordSenses* SenseTeller::of(const std::vector<std::string>& target) {
  if (target.empty()) return nullptr;
  const auto [place, fresh] = known_.try_emplace(target);
  if (!fresh) return place->second.get();
  std::vector<Mention> mentions = finder_.in_life(life_, target);
  if (mentions.empty()) return nullptr;
  Columns contexts(static_cast<Eigen::Index>(mentions.size()), directions_.cols());
  constexpr concepts::company::SenseOptions kOptions;
  concepts::company::WordNumbers numbers(words_, kOptions.reach, kOptions.near_reach);
  std::vector<concepts::company::MentionWords> seen;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    contexts.row(static_cast<Eigen::Index>(i)) = context_of(mentions[i].around, words_, directions_);
    seen.push_back(numbers.learn(mentions[i].around));
  }
  Senses senses(contexts, std::move(seen), seed_);
  const std::string word =
      mentions.front().text.substr(mentions.front().begin, mentions.front().end - mentions.front().begin);
  auto known = std::make_unique<WordSenses>(
      WordSenses{word, std::move(mentions), std::move(contexts), std::move(numbers), std::move(senses), {}, {}, {}});
  known->counts.assign(known->senses.senses(), 0);
  for (std::size_t i = 0; i < known->mentions.size(); ++i) ++known->counts[known->sense_of(i)];
  known->order.resize(known->counts.size());
  std::iota(known->order.begin(), known->order.end(), std::size_t{0});
  std::stable_sort(known->order.begin(), known->order.end(),
                   [&](std::size_t a, std::size_t b) { return known->counts[a] > known->counts[b]; });
  known->rank.resize(known->order.size());
  for (std::size_t i = 0; i < known->order.size(); ++i) known->rank[known->order[i]] = i + 1;
  place->second = std::move(known);
  return place->second.get();
}

const SenseTeller::WordSenses& SenseTeller::named(const std::string& word) {
  if (!base::first_invalid_utf8(word))
    if (const auto* known = of(finder_.units_of(word))) return *known;
  word_named(words_, word);  // says what is near, if nothing is called so
  throw UnknownName(fmt::format("no input that can still be read mentions '{}'", word));
}

SenseChoice SenseTeller::choose(const WordSenses& known, const Mention& mention) const {
  return known.senses.choose({context_of(mention.around, words_, directions_), known.numbers.of(mention.around)});
}

SenseValue SenseTeller::value(const WordSenses& known, std::size_t sense) const {
  constexpr std::size_t kExamples = 3, kNeighbours = 8, kInLabel = 2;
  SenseValue value;
  value.sense = known.rank[sense];
  value.count = known.counts[sense];
  std::vector<bool> is_own;
  Eigen::RowVectorXf mean = Eigen::RowVectorXf::Zero(known.contexts.cols());
  for (std::size_t i = 0; i < known.mentions.size(); ++i) {
    is_own.push_back(known.sense_of(i) == sense);
    if (is_own.back()) mean += known.contexts.row(static_cast<Eigen::Index>(i)) / static_cast<float>(value.count);
  }
  for (const Word word : telling_words(known.mentions, is_own, words_, kNeighbours))
    value.neighbours.push_back(words_[word].label);
  for (const concepts::company::Part whole : own_wholes(known.mentions, is_own, kNeighbours))
    value.wholes.push_back(wholes_->label(whole));
  const auto& telling = value.wholes.size() >= kInLabel ? value.wholes : value.neighbours;
  const auto told = telling.begin() + static_cast<std::ptrdiff_t>(std::min(kInLabel, telling.size()));
  value.label =
      telling.empty() ? known.word : fmt::format("{} ({})", known.word, fmt::join(telling.begin(), told, ", "));
  std::vector<std::pair<float, std::size_t>> central;
  for (std::size_t i = 0; i < is_own.size(); ++i)
    if (is_own[i]) central.emplace_back((known.contexts.row(static_cast<Eigen::Index>(i)) - mean).squaredNorm(), i);
  std::sort(central.begin(), central.end());
  for (const auto& [distance, i] : central) {
    const Mention& mention = known.mentions[i];
    if (value.examples.size() == kExamples) break;
    if (std::none_of(value.examples.begin(), value.examples.end(),
                     [&](const SenseExample& other) { return other.text == mention.text; }))
      value.examples.push_back({mention.text, mention.begin, mention.end});
  }
  return value;
}

std::vector<SenseValue> SenseTeller::senses(const std::string& word) {
  const WordSenses& known = named(word);
  std::vector<SenseValue> values;
  for (const std::size_t sense : known.order) values.push_back(value(known, sense));
  return values;
}

std::vector<SenseValue> SenseTeller::senses_in(const std::string& word, const std::string& sentence) {
  if (const auto bad = base::first_invalid_utf8(sentence))
    throw base::Error(fmt::format("the sentence is not UTF-8 at byte {}", *bad));
  const WordSenses& known = named(word);
  std::vector<SenseValue> values;
  for (const Mention& mention : finder_.in_text(sentence, finder_.units_of(word))) {
    const SenseChoice choice = choose(known, mention);
    values.push_back(value(known, choice.sense));
    values.back().probability = choice.probability;
    values.back().start = mention.begin;
  }
  if (values.empty()) throw base::Error(fmt::format("the sentence does not hold '{}'", word));
  return values;
}

std::optional<std::string> SenseTeller::induce(const MentionLine& line) {
  Mention mention;
  const WordSenses* known = of(finder_.at(line.text, line.start, line.end, mention));
  if (known == nullptr) return std::nullopt;
  const SenseChoice choice = choose(*known, mention);
  return fmt::format("{}.{}", known->rank[choice.sense], choice.fine + 1);
}

MentionLine mention_of(const std::string& line, const std::string& where) {
  const auto object = base::json_from_outside(line);
  const auto is_place = [&](const char* key) { return object.contains(key) && object[key].is_number_unsigned(); };
  if (!object.is_object() || !object.contains("text") || !object["text"].is_string() || !is_place("start") ||
      !is_place("end"))
    throw base::Error(fmt::format(R"({}: expected {{"id", "text", "start", "end"}})", where));
  MentionLine mention{object.value("id", nlohmann::json()), object["text"].get<std::string>(),
                      object["start"].get<std::size_t>(), object["end"].get<std::size_t>()};
  if (mention.start >= mention.end || mention.end > mention.text.size())
    throw base::Error(fmt::format("{}: bytes {} to {} are no place in a text of {} bytes", where, mention.start,
                                  mention.end, mention.text.size()));
  return mention;
}

ordered_json to_json(const SenseValue& value) {
  ordered_json examples = ordered_json::array();
  for (const SenseExample& example : value.examples) examples.push_back(example.text);
  ordered_json object{{"sense", value.sense}, {"label", value.label},           {"count", value.count},
                      {"examples", examples}, {"neighbours", value.neighbours}, {"wholes", value.wholes}};
  if (value.probability) object["probability"] = *value.probability;
  if (value.start) object["start"] = *value.start;
  return object;
}

ordered_json to_json(const MentionLine& mention, const std::optional<std::string>& sense) {
  return {{"id", mention.id}, {"sense", json_or_null(sense)}};
}

}  // namespace noema::app
