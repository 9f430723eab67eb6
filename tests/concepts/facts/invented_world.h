#pragma once
// A world of invented words: people of whom three relations are told, each in several ways. Words are numbers.

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "concepts/facts/links.h"

namespace noema::concepts::facts {

inline constexpr Word kStop = 0;

/// A pattern of two slots with the number of the slot that names the subject.
struct Telling {
  Words pattern;
  std::uint32_t subject = 0;
};

inline Words fill(const Words& pattern, const std::vector<Words>& fillers) {
  Words words;
  std::size_t slot = 0;
  for (const Word word : pattern)
    if (word == kSlot) {
      words.insert(words.end(), fillers.at(slot).begin(), fillers.at(slot).end());
      ++slot;
    } else {
      words.push_back(word);
    }
  return words;
}

inline Words say(const Telling& way, const Words& subject, const Words& value) {
  return way.subject == 0 ? fill(way.pattern, {subject, value}) : fill(way.pattern, {value, subject});
}

/// Ways 0 to 2 of a relation tell it first, ways 3 and 4 tell changes. No two ways share a constant but the stop.
inline std::array<Telling, 5> ways_of(int relation) {
  const Word c = 10 + 20 * relation;
  return {Telling{{kSlot, c, c + 1, kSlot, kStop}, 0}, Telling{{c + 2, kSlot, c + 3, kSlot, kStop}, 1},
          Telling{{c + 4, c + 5, kSlot, c + 6, kSlot, kStop}, 0},
          Telling{{kSlot, c + 7, c + 8, c + 9, kSlot, kStop}, 0},
          Telling{{c + 10, kSlot, c + 11, c + 12, kSlot, kStop}, 1}};
}

/// Every third person has a name of two words.
inline Words person(std::size_t number) {
  const auto word = static_cast<Word>(1000 + 2 * number);
  return number % 3 == 0 ? Words{word, word + 1} : Words{word};
}

/// Relations 0 and 1 have the same kind of value.
inline Words value_of(int relation, std::size_t number) {
  return {static_cast<Word>((relation == 2 ? 600 : 500) + number)};
}

/// Of each person each relation is told with the chance `share` first, and then, if there are changes, changed as
/// often as a coin falls on heads. Each telling is told again with the chance `again`, in any way of telling it first,
/// before the next change. In random order, but no change comes before the first telling.
inline std::vector<Words> tellings(base::Rng& rng, std::size_t people, double share, bool has_changes,
                                   double again = 0) {
  std::vector<std::pair<double, Words>> timed;
  for (int relation = 0; relation < 3; ++relation)
    for (std::size_t who = 0; who < people; ++who) {
      if (rng.uniform() >= share) continue;
      const auto ways = ways_of(relation);
      double time = rng.uniform();
      std::size_t value = rng.below(10);
      std::vector<std::pair<double, std::size_t>> values{{time, value}};
      timed.emplace_back(time, say(ways[rng.below(3)], person(who), value_of(relation, value)));
      while (has_changes && rng.below(2) == 0) {
        time += 0.01 + rng.uniform();
        value = (value + 1 + rng.below(9)) % 10;
        values.emplace_back(time, value);
        timed.emplace_back(time, say(ways[3 + rng.below(2)], person(who), value_of(relation, value)));
      }
      for (std::size_t i = 0; again > 0 && i < values.size(); ++i) {
        if (rng.uniform() >= again) continue;
        const double end = i + 1 < values.size() ? values[i + 1].first : values[i].first + 1;
        timed.emplace_back(values[i].first + rng.uniform() * (end - values[i].first),
                           say(ways[rng.below(3)], person(who), value_of(relation, values[i].second)));
      }
    }
  std::sort(timed.begin(), timed.end());
  std::vector<Words> sentences;
  for (auto& [time, words] : timed) sentences.push_back(std::move(words));
  return sentences;
}

/// The number of the template with this pattern, which must be in use.
inline TemplateId template_with(const Told& told, const Words& pattern) {
  for (const TemplateId id : told.used())
    if (told.form(id).pattern == pattern) return id;
  FAIL("a template is not in use: " + Catch::Detail::stringify(pattern));
  return kNoTemplate;
}

inline Link link_of(const Told& told, const Telling& way) {
  return {template_with(told, way.pattern), way.subject, 1 - way.subject};
}

}  // namespace noema::concepts::facts
