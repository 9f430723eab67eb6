#include "concepts/facts/paths.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/rng.h"
#include "concepts/facts/fact_layer.h"

using namespace noema::concepts::facts;
using noema::base::Rng;

namespace {

// Words of invented stories. Verbs: two that move, one that takes, one that drops.
enum : Word {
  kStop,
  kTo,
  kIt,
  kWhere,
  kHas,
  kMany,
  kIn,
  kYes,
  kNo,
  kOne,
  kTwo,
  kNobody,
  kMoves = 20,
  kWalks,
  kTakes,
  kDrops
};
constexpr Word kPeople = 100, kPlaces = 200, kObjects = 300;

/// Scenes in which people move between places and take and drop things, with taught questions about them.
struct Stories {
  Told told;
  Induction induction;
  Scenes scenes;
  std::vector<TaughtQuestion> taught;
  Paths paths;
  Rng rng{7};
  std::uint32_t scene = 0;
  int stories = 0;

  Word any(Word first, std::uint32_t count) { return first + static_cast<Word>(rng.below(count)); }
  void begin() { scene = scenes.scene_of("story " + std::to_string(++stories)); }
  void tell(Words words) {
    const std::uint32_t sentence = told.tell(std::move(words), static_cast<std::int64_t>(told.sentences().size() + 1));
    induction.consider(told, sentence);
    scenes.tell(scene, sentence);
  }
  void teach(Words question, std::optional<Words> answer) {
    taught.push_back({std::move(question), std::move(answer), static_cast<std::uint32_t>(told.sentences().size()),
                      static_cast<std::int64_t>(1000000 + taught.size())});
    taught.back().scene = scene;
  }
  /// What the person of the story holds, as a list in the order of taking.
  Words held_by(Word person) const {
    std::vector<Word> held;
    for (const std::uint32_t number : scenes.sentences(scene, kNow)) {
      const Words& words = told.sentences()[number].words;
      if (words[0] == person && words[1] == kTakes) held.push_back(words[3]);
      if (words[0] == person && words[1] == kDrops) std::erase(held, words[3]);
    }
    Words list;
    for (const Word object : held) {
      if (!list.empty()) list.push_back(kIn);
      list.push_back(object);
    }
    return list.empty() ? Words{kNobody} : list;
  }
  /// Sentences that hold an object alone in a slot.
  void tell_of_objects() {
    begin();
    for (int i = 0; i < 40; ++i) tell({kYes, any(kObjects, 4), kOne, kTwo, kStop});
  }
  std::optional<PathAnswer> ask(const Words& question) {
    return paths.ask(told, scenes, taught, question,
                     scenes.sentences(scene, static_cast<std::uint32_t>(told.sentences().size())));
  }
  /// The words of the answer; none if there is no answer, or it is that nothing was told.
  Words answer(const Words& question) {
    const auto found = ask(question);
    if (!found || found->is_null) return {};
    if (found->parts.size() == 1) return found->parts[0].words;
    for (const TaughtQuestion& one : taught)
      if (one.source == *found->taught_by) return *one.answer;
    return {};
  }
};

/// One story: moves and handling of objects; `ask` is called after each sentence with who is where and who has what.
struct World {
  std::map<Word, Word> place, holder, lies;  ///< person -> place; object -> person; object -> place
  template <typename Ask>
  void play(Stories& stories, std::size_t length, const Ask& ask) {
    stories.begin();
    for (std::size_t i = 0; i < length; ++i) {
      const Word person = stories.any(kPeople, 4);
      const Word object = stories.any(kObjects, 4);
      if (!place.contains(person) || stories.rng.below(2) == 0) {
        const Word where = place[person] = stories.any(kPlaces, 5);
        stories.tell({person, stories.rng.below(2) == 0 ? kMoves : kWalks, kTo, where, kStop});
      } else if (holder.contains(object)) {
        const Word owner = holder[object];
        lies[object] = place[owner];
        holder.erase(object);
        stories.tell({owner, kDrops, kIt, object, kStop});
      } else {
        holder[object] = person;
        stories.tell({person, kTakes, kIt, object, kStop});
      }
      ask(*this);
    }
  }
};

}  // namespace

TEST_CASE("where somebody is is read from the newest sentence of the scene that holds him") {
  Stories stories;
  for (int i = 0; i < 60; ++i)
    World().play(stories, 8, [&](const World& world) {
      const auto& [person, where] = *world.place.begin();
      stories.teach({kWhere, person, kMany}, Words{where});
    });
  std::size_t right = 0, asked = 0;
  for (int i = 0; i < 20; ++i)
    World().play(stories, 8, [&](const World& world) {
      for (const auto& [person, where] : world.place) {
        ++asked;
        right += stories.answer({kWhere, person, kMany}) == Words{where};
      }
    });
  CHECK(right == asked);
}

TEST_CASE("a thing is where its holder is, or was when he dropped it") {
  Stories stories;
  const auto where_is = [](const World& world, Word object) {
    const auto held = world.holder.find(object);
    return held != world.holder.end() ? world.place.at(held->second) : world.lies.at(object);
  };
  const auto is_known = [](const World& world, Word object) {
    return world.holder.contains(object) || world.lies.contains(object);
  };
  for (int i = 0; i < 150; ++i)
    World().play(stories, 12, [&](const World& world) {
      const Word object = stories.any(kObjects, 4);
      if (is_known(world, object)) stories.teach({kWhere, object, kMany}, Words{where_is(world, object)});
    });
  std::size_t right = 0, asked = 0;
  for (int i = 0; i < 40; ++i)
    World().play(stories, 12, [&](const World& world) {
      const Word object = stories.any(kObjects, 4);
      if (!is_known(world, object)) return;
      ++asked;
      right += stories.answer({kWhere, object, kMany}) == Words{where_is(world, object)};
    });
  CHECK(static_cast<double>(right) > 0.95 * static_cast<double>(asked));
}

TEST_CASE("answers that no sentence holds are learned as what signs say") {
  Stories stories;
  const auto teach_or_ask = [&](bool teach, std::size_t& right, std::size_t& asked) {
    World().play(stories, 6, [&](const World& world) {
      const auto& [person, where] = *world.place.rbegin();
      const Word guess = stories.any(kPlaces, 5);
      const Words question{kHas, person, kIn, guess, kMany};
      const Words answer{guess == where ? kYes : kNo};
      if (teach) return stories.teach(question, answer);
      ++asked;
      right += stories.answer(question) == answer;
    });
  };
  std::size_t right = 0, asked = 0;
  for (int i = 0; i < 100; ++i) teach_or_ask(true, right, asked);
  for (int i = 0; i < 30; ++i) teach_or_ask(false, right, asked);
  CHECK(static_cast<double>(right) > 0.97 * static_cast<double>(asked));
}

TEST_CASE("a chain of two sentences answers by what both say") {
  // Places in a row: of two steps, the answer is a name for both together.
  Stories stories;
  const auto tell_row = [&] {
    stories.begin();
    std::vector<Word> places;
    while (places.size() < 5)
      if (const Word place = stories.any(kPlaces, 10); std::find(places.begin(), places.end(), place) == places.end())
        places.push_back(place);
    const Word from = places[0], middle = places[1], to = places[2];
    const Word first = stories.any(kMoves, 2), second = stories.any(kMoves, 2);
    const auto link = [&](Word a, Word how, Word b) { stories.tell({a, how, kTo, b, kStop}); };
    link(from, first, middle);
    link(places[3], stories.any(kMoves, 2), places[4]);
    link(middle, second, to);
    return std::pair(Words{kWhere, from, kIn, to, kMany}, Words{first, second});
  };
  for (int i = 0; i < 300; ++i) {
    const auto [question, answer] = tell_row();
    stories.teach(question, answer);
  }
  for (int i = 0; i < 30; ++i) {
    const auto [question, answer] = tell_row();
    CHECK(stories.answer(question) == answer);
  }
}

TEST_CASE("a form that was never taught has no answer, and one taught with none abstains") {
  Stories stories;
  for (int i = 0; i < 40; ++i)
    World().play(stories, 6, [&](const World& world) {
      stories.teach({kWhere, world.place.begin()->first, kMany}, Words{world.place.begin()->second});
      stories.teach({kHas, world.place.begin()->first, kNobody}, std::nullopt);
    });
  CHECK_FALSE(stories.ask({kYes, kNo, kOne, kTwo}));
  const auto found = stories.ask({kHas, kPeople, kNobody});
  REQUIRE(found);
  CHECK(found->is_null);
}

TEST_CASE("several things are answered as a list, as it was taught, and none as none was") {
  Stories stories;
  stories.tell_of_objects();
  for (int i = 0; i < 150; ++i)
    World().play(stories, 12, [&](const World&) { stories.teach({kHas, kPeople, kMany}, stories.held_by(kPeople)); });
  std::size_t right = 0, asked = 0, lists = 0;
  for (int i = 0; i < 30; ++i)
    World().play(stories, 12, [&](const World&) {
      const auto found = stories.ask({kHas, kPeople, kMany});
      REQUIRE(found);
      Words words = found->taught_by ? Words{kNobody} : Words();
      for (const Part& part : found->parts) {
        if (!words.empty()) words.push_back(kIn);
        words.insert(words.end(), part.words.begin(), part.words.end());
      }
      ++asked;
      lists += found->parts.size() > 1;
      right += words == stories.held_by(kPeople);
    });
  CHECK(lists > 10);
  CHECK(static_cast<double>(right) > 0.95 * static_cast<double>(asked));
}

TEST_CASE("how many things there are is learned from what another form of question lists") {
  const auto right_of = [](bool lists_are_taught) {
    Stories stories;
    stories.tell_of_objects();
    const auto count = [&] {
      const Words list = stories.held_by(kPeople);
      return Words{list == Words{kNobody} ? kNobody : static_cast<Word>(kOne + list.size() / 2)};
    };
    for (int i = 0; i < 150; ++i)
      World().play(stories, 12, [&](const World&) {
        if (lists_are_taught) stories.teach({kHas, kPeople, kMany}, stories.held_by(kPeople));
        stories.teach({kMany, kPeople, kIt}, count());
      });
    double right = 0, asked = 0;
    for (int i = 0; i < 30; ++i)
      World().play(stories, 12, [&](const World&) {
        ++asked;
        right += stories.answer({kMany, kPeople, kIt}) == count();
      });
    return right / asked;
  };
  CHECK(right_of(true) > 0.95);
  CHECK(right_of(true) > right_of(false));
}

TEST_CASE("what was learned at once is what is learned question by question") {
  Stories stories;
  Paths often;
  for (int i = 0; i < 40; ++i)
    World().play(stories, 6, [&](const World& world) {
      stories.teach({kWhere, world.place.begin()->first, kMany}, Words{world.place.begin()->second});
    });
  const auto scene = stories.scenes.sentences(stories.scene, kNow);
  const std::span<const TaughtQuestion> taught = stories.taught;
  for (std::size_t n = 1; n <= taught.size(); ++n)
    often.ask(stories.told, stories.scenes, taught.first(n), {kWhere, kPeople, kMany}, scene);
  for (Word person = kPeople; person < kPeople + 4; ++person) {
    const auto once = stories.ask({kWhere, person, kMany});
    const auto step = often.ask(stories.told, stories.scenes, taught, {kWhere, person, kMany}, scene);
    REQUIRE(once.has_value() == step.has_value());
    if (!once) continue;
    CHECK(once->path == step->path);
    CHECK(once->is_null == step->is_null);
  }
}
