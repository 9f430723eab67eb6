#include "concepts/facts/told.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "base/rng.h"
#include "tests/concepts/facts/damage.h"
#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;
using nlohmann::json;
using noema::base::Error;
using noema::base::Rng;

namespace {

/// Few words, so that templates overlap and sentences match several.
Words random_sentence(Rng& rng) {
  const auto name = [&] {
    return rng.below(4) == 0 ? Words{Word(10 + rng.below(4)), Word(10 + rng.below(4))} : Words{Word(10 + rng.below(4))};
  };
  switch (rng.below(6)) {
    case 0: return fill({kSlot, 1, 2, kSlot, kStop}, {name(), name()});
    case 1: return fill({kSlot, 1, 3, kSlot, kStop}, {name(), name()});
    case 2: return fill({4, kSlot, 1, kSlot, kStop}, {name(), name()});
    case 3: return fill({4, kSlot, 2, kSlot, 3, kSlot, kStop}, {name(), name(), name()});
    case 4: return fill({5, 6, kSlot, kStop}, {name()});
    default: {
      Words words(rng.below(6));
      for (Word& word : words) word = static_cast<Word>(rng.below(8));
      return words;
    }
  }
}

/// What two of the sentences share, or one with a part cut out.
Words random_pattern(Rng& rng, const Told& told) {
  const auto& sentences = told.sentences();
  const Words& a = sentences[rng.below(sentences.size())].words;
  const Words& b = sentences[rng.below(sentences.size())].words;
  if (const auto shared = rng.below(4) == 0 ? std::nullopt : align(a, b, [&](Word word) { return told.bits_of(word); }))
    return *shared;
  if (a.empty()) return {};
  const auto begin = static_cast<std::uint32_t>(rng.below(a.size()));
  return cut_out(a, {begin, static_cast<std::uint32_t>(begin + 1 + rng.below(a.size() - begin))});
}

std::optional<TemplateId> most_specific(const Told& told, const Words& words) {
  std::optional<TemplateId> best;
  for (const TemplateId id : told.used())
    if (match(told.form(id).pattern, words) &&
        (!best || more_specific(told.form(id).pattern, told.form(*best).pattern)))
      best = id;
  return best;
}

/// The length by the definition of the code, with the sentences in a random order.
double bits_by_definition(const Told& told, Rng& rng) {
  std::vector<std::uint32_t> order(told.sentences().size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  noema::base::shuffle(order, rng);
  Restaurant words(50), things(10), templates(1);
  std::map<std::pair<TemplateId, std::size_t>, Restaurant> slots;
  std::map<Words, std::uint32_t> numbers;
  bool is_new = false;
  const auto word_bits = [&](Word word) {
    const double bits = words.add(static_cast<std::uint32_t>(word), is_new);
    return bits + (is_new ? 16 : 0);
  };
  double bits = 0;
  for (const std::uint32_t number : order) {
    const Sentence& sentence = told.sentences()[number];
    bits += templates.add(sentence.form, is_new);
    if (sentence.form == kNoTemplate) {
      bits += 3 + (is_new ? 1 : 0);
      for (const Word word : sentence.words) bits += word_bits(word);
      continue;
    }
    const Words& pattern = told.form(sentence.form).pattern;
    if (is_new) {
      bits += 2 + static_cast<double>(pattern.size());
      for (const Word word : pattern) bits += word == kSlot ? 0 : word_bits(word);
    }
    const auto fillers = match(pattern, sentence.words);
    REQUIRE(fillers);
    for (std::size_t slot = 0; slot < fillers->size(); ++slot) {
      const Words filler(sentence.words.begin() + (*fillers)[slot].begin,
                         sentence.words.begin() + (*fillers)[slot].end);
      const std::uint32_t thing = numbers.try_emplace(filler, static_cast<std::uint32_t>(numbers.size())).first->second;
      bits += slots[{sentence.form, slot}].add(thing, is_new);
      if (!is_new) continue;
      bits += things.add(thing, is_new);
      if (!is_new) continue;
      bits += 1;
      for (const Word word : filler) bits += 1 + word_bits(word);
    }
  }
  return bits;
}

void check_indices(const Told& told) {
  std::map<Thing, std::map<std::pair<TemplateId, std::uint32_t>, std::vector<std::uint32_t>>> places;
  std::map<TemplateId, std::vector<std::uint32_t>> members;
  for (std::uint32_t number = 0; number < told.sentences().size(); ++number) {
    const Sentence& sentence = told.sentences()[number];
    REQUIRE(most_specific(told, sentence.words).value_or(kNoTemplate) == sentence.form);
    if (sentence.form == kNoTemplate) continue;
    members[sentence.form].push_back(number);
    std::vector<Words> fillers;
    for (std::uint32_t slot = 0; slot < sentence.fillers.size(); ++slot) {
      fillers.push_back(told.words_of(sentence.fillers[slot]));
      places[sentence.fillers[slot]][{sentence.form, slot}].push_back(number);
    }
    REQUIRE(fill(told.form(sentence.form).pattern, fillers) == sentence.words);
  }
  for (const TemplateId id : told.used()) CHECK(told.form(id).members == members[id]);
  for (const auto& [thing, of_thing] : places) {
    CHECK(told.thing_of(told.words_of(thing)) == thing);
    const auto* roles = told.roles_of(thing);
    REQUIRE(roles != nullptr);
    CHECK(roles->size() == of_thing.size());
    for (const auto& [role, sentences] : of_thing) {
      CHECK(roles->at(role) == sentences.size());
      const auto* found = told.places_of(thing, role.first, role.second);
      REQUIRE(found != nullptr);
      CHECK(*found == sentences);
    }
    CHECK(told.places_of(thing, 1000000, 0) == nullptr);
  }
}

/// A state without its things, of which a trial may leave some that nothing uses.
json without_things(json state) {
  state.erase("things");
  return state;
}

Told random_told(std::uint64_t seed, int steps) {
  Rng rng(seed);
  Told told;
  for (int step = 0; step < steps; ++step) {
    told.tell(random_sentence(rng), step);
    if (step % 3 == 0) told.propose(random_pattern(rng, told), 2);
  }
  return told;
}

}  // namespace

TEST_CASE("a sentence without a template is coded word by word, and a template pays for itself: by hand") {
  Told told;
  told.tell({1, 2}, 0);
  const double free = std::log2(1.0) + 3 + 1;  // the first of its kind
  const double words = 16 + 16 + std::log2(50 / 50.0) + std::log2(51 / 50.5);
  CHECK(told.bits() == Approx(free + words));
  CHECK(told.sentences()[0].form == kNoTemplate);
  CHECK(told.thing_of({2}) == std::nullopt);
}

TEST_CASE("the length of the description is that of its definition after any sequence of tellings and proposals") {
  Rng rng(1);
  for (int life = 0; life < 6; ++life) {
    Told told;
    for (int step = 0; step < 150; ++step) {
      const std::uint64_t choice = rng.below(20);
      if (choice < 11 || told.sentences().empty())
        told.tell(random_sentence(rng), step);
      else if (choice < 19)
        told.propose(random_pattern(rng, told), static_cast<double>(rng.below(12)));
      else
        told.forget_superfluous();
      if (step % 10 != 9) continue;
      REQUIRE(told.bits() == Approx(bits_by_definition(told, rng)).epsilon(1e-6));
      check_indices(told);
    }
    CHECK(told.used().size() >= 2);
  }
}

TEST_CASE("a state with the same sentences in another order is as long") {
  Rng rng(2);
  const Told told = random_told(3, 150);
  json state = told.save();
  auto sentences = state.at("sentences").get<std::vector<json>>();
  noema::base::shuffle(sentences, rng);
  state["sentences"] = sentences;
  const Told other = Told::load(state);  // codes the sentences anew and refuses another length
  CHECK(other.bits() == Approx(bits_by_definition(other, rng)).epsilon(1e-6));
  check_indices(other);
}

TEST_CASE("what was told is the same after saving and loading, then and later") {
  for (std::uint64_t seed = 1; seed < 5; ++seed) {
    Told told = random_told(seed, 120);
    Told loaded = Told::load(json::parse(told.save().dump()));
    CHECK(loaded.save() == told.save());
    CHECK(loaded.bits() == told.bits());
    CHECK(loaded.version() == told.version());
    check_indices(loaded);
    Rng rng(seed + 100);
    for (int step = 0; step < 80; ++step) {
      const Words sentence = random_sentence(rng);
      CHECK(told.tell(sentence, 200) == loaded.tell(sentence, 200));
      const Words pattern = random_pattern(rng, told);
      CHECK(told.propose(pattern, 2) == loaded.propose(pattern, 2));
      if (step % 20 == 0) CHECK(told.forget_superfluous() == loaded.forget_superfluous());
    }
    CHECK(loaded.save() == told.save());
  }
  CHECK(Told::load(Told().save()).bits() == 0);
}

TEST_CASE(
    "a rejected proposal changes nothing but unused things, and an accepted one shortens by more than its price") {
  Rng rng(4);
  std::size_t rejected = 0, accepted = 0, disused = 0;
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    Told told = random_told(seed, 60);
    for (int step = 0; step < 200; ++step) {
      if (step % 4 == 0) told.tell(random_sentence(rng), 100 + step);
      if (step % 50 == 0) told.forget_superfluous();
      const json before = told.save();
      const double bits = told.bits();
      const Words pattern = random_pattern(rng, told);
      for (const auto& one : before.at("templates"))
        disused += one.at(0).get<Words>() == pattern && !one.at(1).get<bool>() ? 1 : 0;
      const auto price = static_cast<double>(rng.below(20));
      if (told.propose(pattern, price)) {
        ++accepted;
        CHECK(told.bits() < bits - price);
        CHECK(told.version() > before.at("version").get<std::uint64_t>());
        continue;
      }
      ++rejected;
      const json after = told.save();
      REQUIRE(without_things(after) == without_things(before));
      CHECK(told.bits() == Approx(bits).epsilon(1e-6));
      const auto& things = before.at("things");
      CHECK(std::equal(things.begin(), things.end(), after.at("things").begin()));
      check_indices(told);
    }
  }
  CHECK(rejected > 100);
  CHECK(accepted > 5);
  CHECK(disused > 5);
}

TEST_CASE("forgetting what is superfluous never makes the description longer") {
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    Told told = random_told(seed, 150);
    const double bits = told.bits();
    const std::size_t used = told.used().size();
    const std::size_t forgotten = told.forget_superfluous();
    CHECK(told.used().size() == used - forgotten);
    for (const TemplateId id : told.used()) CHECK_FALSE(told.form(id).members.empty());
    CHECK(told.bits() <= bits);
    Rng rng(seed);
    CHECK(told.bits() == Approx(bits_by_definition(told, rng)).epsilon(1e-6));
    check_indices(told);
  }
}

TEST_CASE("a pattern without constants, or with a word that was never told, is no template") {
  Told told = random_told(1, 30);
  const json before = told.save();
  for (const Words& pattern : {Words{}, Words{kSlot}, Words{kSlot, kSlot}, Words{kSlot, 999}, Words{7777, kSlot, kStop},
                               Words{-2, kSlot, kStop}})
    CHECK_FALSE(told.propose(pattern, -1e9));
  CHECK(told.save() == before);
}

TEST_CASE("a told sentence holds words only") {
  Told told;
  CHECK_THROWS_AS(told.tell({1, kSlot}, 0), noema::base::Bug);
  CHECK_THROWS_AS(told.tell({kMaxWord + 1}, 0), noema::base::Bug);
  CHECK(told.sentences().empty());
  CHECK(told.tell({}, 0) == 0);
  CHECK(told.bits() == Approx(4));
}

TEST_CASE("a state that no saving wrote is refused") {
  const json good = random_told(2, 60).save();
  REQUIRE_NOTHROW(Told::load(good));
  std::size_t with_template = 0, without = 0;
  while (good["sentences"][with_template][2] == -1) ++with_template;
  while (good["sentences"][without][2] != -1) ++without;
  const auto refused = [&](const std::string& place, const json& value) {
    json bad = good;
    bad[json::json_pointer(place)] = value;
    INFO(place << " " << value);
    CHECK_THROWS_AS(Told::load(bad), Error);
  };
  const std::string described = "/sentences/" + std::to_string(with_template);
  const std::string free = "/sentences/" + std::to_string(without);
  for (const json& form : {json(-1), json(-2), json(100000), json(1e300), json("0"), json(nullptr)})
    refused(described + "/2", form);
  refused(free + "/2", 0);
  refused(free + "/0", {kSlot});
  refused(free + "/0", {kMaxWord + 1});
  refused(free + "/0", {2147483647});
  refused(free + "/1", 0.5);
  refused("/things/0", json::array());
  refused("/things/0", good["things"][1]);
  refused("/things", json::array());
  refused("/templates/0/0", {kSlot});
  refused("/templates/0/0", {kSlot, 999});
  refused("/templates/0/0", good["templates"][1][0]);
  refused("/templates/0/1", 1);
  refused("/templates/0/2", 999);
  refused("/templates/0/2", kSlot);
  refused("/templates", json::array());
  refused("/sentences", json::array());
  for (const json& bits : {json(nullptr), json("1"), json(-1.0), json(good["bits"].get<double>() + 1)})
    refused("/bits", bits);
  for (const json& version : {json(-1), json(0.5), json(nullptr)}) refused("/version", version);
  for (const json& whole : {json(nullptr), json(1), json::array(), json::object(), json("state")})
    CHECK_THROWS_AS(Told::load(whole), Error);
}

TEST_CASE("a state that is damaged anywhere is refused with an error, or else can be worked with") {
  const json good = random_told(5, 40).save();
  Rng rng(6);
  std::size_t refused = 0;
  for (int trial = 0; trial < 1500; ++trial) {
    json state = good;
    damage(state, rng);
    try {
      Told told = Told::load(state);
      told.tell(random_sentence(rng), 1000);
      told.propose(random_pattern(rng, told), 0);
      told.forget_superfluous();
      REQUIRE(told.bits() == Approx(bits_by_definition(told, rng)).epsilon(1e-5));
    } catch (const Error&) {
      ++refused;
    }
  }
  CHECK(refused > 1000);
}
