#include "concepts/facts/questions.h"

#include <catch2/catch.hpp>
#include <functional>

#include "concepts/facts/relations.h"
#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;
using noema::base::Rng;

namespace {

// Statements.
const Words kHome{kSlot, 10, 11, kSlot, kStop};          // who, place
const Words kVisit{kSlot, 12, 13, kSlot, kStop};         // who, place
const Words kMother{14, 15, kSlot, 16, kSlot, kStop};    // child, mother
const Words kFriend{kSlot, 17, 18, 19, kSlot, kStop};    // who, friend
const Words kRoom{kSlot, 20, 21, kSlot, 22, 23, kStop};  // who, room; answers say 22 23 after the room
// Questions, by what they ask for.
const Words kWhereHome{30, 31, kSlot, 32};
const Words kWhereRoom{33, 34, kSlot, 32};
const Words kWho{35, 36, kSlot, 32};
// Phrases.
const Words kMotherOf{37, 38, kSlot};
const Words kFriendOf{37, 39, kSlot};

constexpr std::size_t kPeople = 60;

Words place(std::size_t number) { return {static_cast<Word>(500 + number)}; }
Words room(std::size_t number) { return {static_cast<Word>(550 + number)}; }
std::size_t mother_of(std::size_t who) { return (who * 7 + 1) % kPeople; }
std::size_t friend_of(std::size_t who) { return (who * 11 + 5) % kPeople; }
std::size_t place_of(std::size_t who) { return who * 5 % 12; }
std::size_t room_of(std::size_t who) { return who * 3 % 7; }
Words in(const Words& frame, const Words& filler) { return fill(frame, {filler}); }

/// A small world, taught questions, and how each word is numbered.
struct World {
  std::function<Word(Word)> number = [](Word word) { return word; };
  std::vector<Words> sentences = {};
  std::vector<Words> patterns = {kHome, kVisit, kMother, kFriend, kRoom};
  std::vector<TaughtQuestion> taught = {};

  Words numbered(Words words) const {
    for (Word& word : words) word = word == kSlot ? kSlot : number(word);
    return words;
  }
  void teach(const Words& question, std::optional<Words> answer) {
    taught.push_back({question, std::move(answer), static_cast<std::uint32_t>(sentences.size())});
  }
};

/// A mind that was told and taught a world, and answers in the world's own words.
class Pupil {
 public:
  explicit Pupil(const World& world, std::span<const Relation> relations = {}) : world_(world) {
    for (const Words& words : world.sentences)
      told_.tell(world.numbered(words), static_cast<std::int64_t>(told_.sentences().size()));
    for (const Words& pattern : world.patterns) told_.propose(world.numbered(pattern), -1e6);
    for (const TaughtQuestion& one : world.taught)
      questions_.teach({world.numbered(one.question),
                        one.answer ? std::optional(world.numbered(*one.answer)) : std::nullopt, one.told});
    learn(relations);
  }
  void learn(std::span<const Relation> relations, const Alike& alike = std::equal_to<Word>()) {
    relations_ = relations;
    alike_ = alike;
    questions_.learn(told_, relations, alike);
  }

  Reply reply(const Words& question) const {
    return questions_.ask(told_, relations_, world_.numbered(question), kNow, alike_);
  }

  /// "?" if the question is not understood, "-" if the answer was never told, or else the numbered words of the answer.
  std::string ask(const Words& question) const {
    const Reply reply = this->reply(question);
    if (!reply.is_understood) return "?";
    if (!reply.fact) return "-";
    const Words& pattern = told_.form(reply.fact->link.form).pattern;
    const std::size_t slot = place_of_slot(pattern, reply.fact->link.value);
    Words answer(pattern.begin() + static_cast<std::ptrdiff_t>(slot - reply.wrap.before),
                 pattern.begin() + static_cast<std::ptrdiff_t>(slot));
    const Words& filler = told_.words_of(reply.fact->value);
    answer.insert(answer.end(), filler.begin(), filler.end());
    for (std::uint32_t i = 1; i <= reply.wrap.after; ++i) answer.push_back(pattern[slot + i]);
    return Catch::Detail::stringify(answer);
  }
  std::string says(const Words& answer) const { return Catch::Detail::stringify(world_.numbered(answer)); }

  const Told& told() const { return told_; }
  const Questions& questions() const { return questions_; }

 private:
  const World& world_;
  std::span<const Relation> relations_;
  Alike alike_;
  Told told_;
  Questions questions_;
};

World asked_world() {
  World world;
  for (std::size_t who = 0; who < kPeople; ++who) {
    world.sentences.push_back(fill(kHome, {person(who), place(place_of(who))}));
    world.sentences.push_back(fill(kMother, {person(who), person(mother_of(who))}));
    world.sentences.push_back(fill(kFriend, {person(who), person(friend_of(who))}));
    world.sentences.push_back(fill(kRoom, {person(who), room(room_of(who))}));
  }
  return world;
}

Words room_answer(std::size_t who) { return {room(room_of(who)).front(), 22, 23}; }

/// Homes, rooms, homes of mothers, and who mothers are; of friends only who they are.
World taught_world() {
  World world = asked_world();
  for (std::size_t who = 0; who < 8; ++who) {
    world.teach(in(kWhereHome, person(who)), place(place_of(who)));
    world.teach(in(kWhereRoom, person(who + 8)), room_answer(who + 8));
    world.teach(in(kWhereHome, in(kMotherOf, person(who + 16))), place(place_of(mother_of(who + 16))));
    world.teach(in(kWho, in(kMotherOf, person(who + 24))), person(mother_of(who + 24)));
    world.teach(in(kWho, in(kFriendOf, person(who + 32))), person(friend_of(who + 32)));
  }
  return world;
}

std::vector<Words> all_questions() {
  std::vector<Words> questions;
  for (std::size_t who = 0; who < kPeople + 2; ++who)
    for (const Words& frame : {kWhereHome, kWhereRoom, kWho})
      for (const Words& filler : {person(who), in(kMotherOf, person(who)), in(kFriendOf, person(who)),
                                  in(kMotherOf, in(kFriendOf, person(who)))})
        questions.push_back(in(frame, filler));
  return questions;
}

std::vector<std::string> all_answers(const Pupil& pupil) {
  std::vector<std::string> answers;
  for (const Words& question : all_questions()) answers.push_back(pupil.ask(question));
  return answers;
}

}  // namespace

TEST_CASE("a direct question is answered about people it was never taught about, with the fact and its form's record") {
  const World world = taught_world();
  const Pupil pupil(world);
  for (std::size_t who = 0; who < kPeople; ++who)
    CHECK(pupil.ask(in(kWhereHome, person(who))) == pupil.says(place(place_of(who))));
  const Reply reply = pupil.reply(in(kWhereHome, person(50)));
  REQUIRE(reply.fact);
  CHECK(pupil.told().sentences()[reply.fact->sentence].words == fill(kHome, {person(50), place(place_of(50))}));
  REQUIRE(reply.chain.size() == 1);
  CHECK(reply.chain[0].sentence == reply.fact->sentence);
  CHECK(reply.right >= 8);
  CHECK(reply.wrong == 0);
}

TEST_CASE("a question about what a phrase stands for takes two facts") {
  const World world = taught_world();
  const Pupil pupil(world);
  for (std::size_t who = 0; who < kPeople; ++who)
    CHECK(pupil.ask(in(kWhereHome, in(kMotherOf, person(who)))) == pupil.says(place(place_of(mother_of(who)))));
  const Reply reply = pupil.reply(in(kWhereHome, in(kMotherOf, person(50))));
  REQUIRE(reply.chain.size() == 2);
  CHECK(pupil.told().sentences()[reply.chain[0].sentence].words == fill(kMother, {person(50), person(mother_of(50))}));
  CHECK(pupil.told().sentences()[reply.chain[1].sentence].words ==
        fill(kHome, {person(mother_of(50)), place(place_of(mother_of(50)))}));
  bool is_phrase = false;
  for (const auto& known : pupil.questions().known())
    is_phrase = is_phrase || (known.is_phrase && known.pattern == kMotherOf);
  CHECK(is_phrase);
}

TEST_CASE("a frame around known phrases asks for what they stand for, and gives phrases to other frames") {
  const World world = taught_world();
  const Pupil pupil(world);
  for (std::size_t who = 0; who < kPeople; ++who) {
    CHECK(pupil.ask(in(kWho, in(kMotherOf, person(who)))) == pupil.says(person(mother_of(who))));
    CHECK(pupil.ask(in(kWho, in(kFriendOf, person(who)))) == pupil.says(person(friend_of(who))));
    CHECK(pupil.ask(in(kWhereHome, in(kFriendOf, person(who)))) == pupil.says(place(place_of(friend_of(who)))));
    CHECK(pupil.ask(in(kWhereHome, in(kMotherOf, in(kFriendOf, person(who))))) ==
          pupil.says(place(place_of(mother_of(friend_of(who))))));
  }
}

TEST_CASE("an answer says the constants around the filler that taught answers said") {
  const World world = taught_world();
  const Pupil pupil(world);
  for (std::size_t who = 0; who < kPeople; ++who) {
    CHECK(pupil.ask(in(kWhereRoom, person(who))) == pupil.says(room_answer(who)));
    CHECK(pupil.ask(in(kWhereRoom, in(kMotherOf, person(who)))) == pupil.says(room_answer(mother_of(who))));
  }
  CHECK(pupil.reply(in(kWhereRoom, person(1))).wrap == Wrap{0, 2});
}

TEST_CASE("how an answer wraps a filler: by hand") {
  const Template form{kRoom};
  CHECK(wrap_in(form, 1, {5}, {5}) == Wrap{0, 0});
  CHECK(wrap_in(form, 1, {5}, {5, 22}) == Wrap{0, 1});
  CHECK(wrap_in(form, 1, {5}, {21, 5, 22, 23}) == Wrap{1, 2});
  CHECK(wrap_in(form, 1, {5, 6}, {20, 21, 5, 6}) == Wrap{2, 0});
  CHECK(wrap_in(form, 0, {5}, {5, 20, 21}) == Wrap{0, 2});
  CHECK_FALSE(wrap_in(form, 1, {5}, {6}).has_value());
  CHECK_FALSE(wrap_in(form, 1, {5}, {5, 23}).has_value());
  CHECK_FALSE(wrap_in(form, 1, {5}, {22, 5}).has_value());
  CHECK_FALSE(wrap_in(form, 1, {5, 6}, {5}).has_value());
  CHECK_FALSE(wrap_in(form, 1, {5}, {}).has_value());
  CHECK_FALSE(wrap_in(form, 1, {5}, {5, 22, 23, kStop, 1}).has_value());
  CHECK_FALSE(wrap_in(form, 0, {5}, {1, 5}).has_value());
}

TEST_CASE("a name that was never told, and a form that was never taught, are not understood") {
  const World world = taught_world();
  const Pupil pupil(world);
  CHECK(pupil.ask(in(kWhereHome, {9999})) == "?");
  CHECK(pupil.ask(in(kWhereHome, in(kMotherOf, {9999}))) == "?");
  CHECK(pupil.ask(in({40, kSlot}, person(3))) == "?");
  CHECK(pupil.ask({}) == "?");
  World untaught = asked_world();
  CHECK(Pupil(untaught).ask(in(kWhereHome, person(3))) == "?");
}

TEST_CASE("what is known and was not told of is understood, and has no answer") {
  World world = taught_world();
  world.sentences.push_back(fill(kFriend, {{9000}, person(1)}));
  const Pupil pupil(world);
  const Reply reply = pupil.reply(in(kWhereHome, {9000}));
  CHECK(reply.is_understood);
  CHECK_FALSE(reply.fact);
  CHECK(pupil.ask(in(kWhereHome, in(kMotherOf, {9000}))) == "?");
}

TEST_CASE("the newest telling answers, and a taught answer is explained by what had been told by then") {
  World world = taught_world();
  for (std::size_t who = 0; who < kPeople; who += 2)
    world.sentences.push_back(fill(kHome, {person(who), place(20 + who % 5)}));
  const Pupil pupil(world);
  for (std::size_t who = 0; who < kPeople; ++who)
    CHECK(pupil.ask(in(kWhereHome, person(who))) ==
          pupil.says(who % 2 == 0 ? place(20 + who % 5) : place(place_of(who))));
  const Reply reply = pupil.reply(in(kWhereHome, person(2)));
  CHECK(reply.right >= 8);
  CHECK(reply.wrong == 0);
}

TEST_CASE("questions taught as never told teach to abstain") {
  for (const bool has_nulls : {false, true}) {
    World world;
    for (std::size_t who = 0; who < kPeople; ++who)
      world.sentences.push_back(fill(who < 20 ? kHome : kVisit, {person(who), place(place_of(who))}));
    for (std::size_t who = 0; who < 6; ++who) world.teach(in(kWhereHome, person(who)), place(place_of(who)));
    for (std::size_t who = 20; who < 22; ++who) world.teach(in(kWhereHome, person(who)), place(place_of(who)));
    if (has_nulls)
      for (std::size_t who = 30; who < 38; ++who) world.teach(in(kWhereHome, person(who)), std::nullopt);
    const Pupil pupil(world);
    CHECK(pupil.ask(in(kWhereHome, person(10))) == pupil.says(place(place_of(10))));
    CHECK(pupil.ask(in(kWhereHome, person(50))) == (has_nulls ? "-" : pupil.says(place(place_of(50)))));
  }
}

TEST_CASE("a whole relation is learned from questions about one of its links") {
  World world;
  for (std::size_t who = 0; who < kPeople; ++who) {
    world.sentences.push_back(fill(who % 2 == 0 ? kHome : kVisit, {person(who), place(place_of(who))}));
    world.sentences.push_back(fill(kMother, {person(who), person(mother_of(who))}));
    world.sentences.push_back(fill(kFriend, {person(who), person(friend_of(who))}));
  }
  for (std::size_t who = 0; who < 12; who += 2) world.teach(in(kWhereHome, person(who)), place(place_of(who)));
  const Pupil alone(world);
  CHECK(alone.ask(in(kWhereHome, person(51))) == "-");
  const std::vector<Relation> relations{
      {{template_with(alone.told(), kHome), 0, 1}, {template_with(alone.told(), kVisit), 0, 1}}};
  const Pupil pupil(world, relations);
  CHECK(pupil.ask(in(kWhereHome, person(50))) == pupil.says(place(place_of(50))));
  CHECK(pupil.ask(in(kWhereHome, person(51))) == pupil.says(place(place_of(51))));
}

TEST_CASE("an answer is said alike by whichever template of its relation it was told") {
  const Words joins{kSlot, 24, kSlot, 22, 23, kStop}, leaves{kSlot, 25, kSlot, 26, kStop};
  World world = taught_world();
  for (const Words& pattern : {joins, leaves}) world.patterns.push_back(pattern);
  for (std::size_t who = 40; who < kPeople; ++who)  // after every taught question about rooms
    world.sentences.push_back(fill(who % 2 == 0 ? joins : leaves, {person(who), room(room_of(who))}));
  const Pupil alone(world);
  Relation rooms;
  for (const Words& pattern : {kRoom, joins, leaves}) rooms.push_back({template_with(alone.told(), pattern), 0, 1});
  const std::vector<Relation> relations{rooms};
  const Pupil pupil(world, relations);
  CHECK(pupil.ask(in(kWhereRoom, person(42))) == pupil.says(room_answer(42)));
  CHECK(pupil.ask(in(kWhereRoom, person(43))) == pupil.says(room(room_of(43))));  // its sentence does not say them
}

TEST_CASE("a phrase around a thing that is said with constants takes another phrase in its place") {
  // Employers, whose names are told with two constants behind; their seats; the countries of those.
  const Words employs{kSlot, 40, kSlot, 41, 42, kStop}, seat{kSlot, 41, 42, 43, kSlot, kStop},
      lies{kSlot, 44, kSlot, kStop};
  const Words which_employer{50, kSlot, 51}, where_seat{52, kSlot, 53, 54}, which_country{55, kSlot, 56};
  const Words employer_of{60, 61, kSlot}, seat_of{62, 63, kSlot, 64};
  const auto company = [](std::size_t number) { return Words{static_cast<Word>(600 + number)}; };
  const auto company_said = [&](std::size_t number) { return Words{company(number)[0], 41, 42}; };
  const auto country = [](std::size_t number) { return Words{static_cast<Word>(700 + number)}; };
  World world;
  world.patterns = {employs, seat, lies};
  for (std::size_t who = 0; who < kPeople; ++who)
    world.sentences.push_back(fill(employs, {person(who), company(who % 20)}));
  for (std::size_t one = 0; one < 20; ++one) world.sentences.push_back(fill(seat, {company(one), place(one % 12)}));
  for (std::size_t one = 0; one < 12; ++one) world.sentences.push_back(fill(lies, {place(one), country(one % 5)}));
  for (std::size_t i = 0; i < 8; ++i) {
    world.teach(in(which_employer, person(i)), company_said(i % 20));
    world.teach(in(where_seat, company_said(i)), place(i % 12));
    world.teach(in(which_country, place(i)), country(i % 5));
    world.teach(in(which_country, in(seat_of, company_said(i))), country(i % 12 % 5));
    world.teach(in(where_seat, in(employer_of, person(i))), place(i % 20 % 12));
  }
  const Pupil pupil(world);
  for (std::size_t who = 30; who < kPeople; ++who) {
    CHECK(pupil.ask(in(where_seat, in(employer_of, person(who)))) == pupil.says(place(who % 20 % 12)));
    CHECK(pupil.ask(in(which_country, in(seat_of, in(employer_of, person(who))))) ==
          pupil.says(country(who % 20 % 12 % 5)));
  }
}

TEST_CASE("a form that was never taught, or only as never told, asks for what is told in its words, if others do") {
  const bool is_taught_as_never_told = GENERATE(false, true);
  constexpr std::size_t kKinds = 6;
  const auto tell = [](std::size_t kind, bool first) {
    const auto word = static_cast<Word>(100 + 10 * kind);
    return first ? Words{kSlot, word, word + 1, kSlot, kStop} : Words{word + 2, kSlot, word + 3, kSlot, kStop};
  };
  const auto form = [](std::size_t kind, Word apart) {
    const auto word = static_cast<Word>(100 + 10 * kind);
    return Words{30, word + apart, kSlot, word + 1 + apart, 32};
  };
  const auto value = [](std::size_t kind, std::size_t who) {
    return Words{static_cast<Word>(800 + 20 * kind + who % 7)};
  };
  for (const Word apart : {0, 1000}) {  // the words of questions are those of the sentences, or written alike
    World world;
    world.patterns.clear();
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      world.patterns.push_back(tell(kind, true));
      world.patterns.push_back(tell(kind, false));
      for (std::size_t who = 0; who < kPeople - 5; ++who)
        world.sentences.push_back(fill(tell(kind, who % 2 == 0), {person(who), value(kind, who)}));
    }
    for (const std::size_t who : {kPeople - 1, kPeople - 2})
      world.sentences.push_back(fill(kFriend, {person(who), person(3)}));
    world.patterns.push_back(kFriend);
    for (std::size_t kind = 0; kind < kKinds; ++kind)
      for (std::size_t who = 0; who < 4; ++who)
        if (kind + 1 < kKinds)
          world.teach(in(form(kind, apart), person(who)), value(kind, who));
        else if (is_taught_as_never_told)
          world.teach(in(form(kind, apart), person(kPeople - 1)), std::nullopt);
    for (std::size_t who = 0; who < kPeople - 5; ++who)
      world.sentences.push_back(fill(kMother, {person(who), person(mother_of(who))}));
    world.patterns.push_back(kMother);
    const Words guards{kSlot, 501, 502, kSlot, kStop}, guard_of{501, 502, kSlot}, unknown_of{601, 602, kSlot};
    for (std::size_t who = 0; who < kPeople - 5; ++who)
      world.sentences.push_back(fill(guards, {person(who), person(friend_of(who))}));
    world.patterns.push_back(guards);
    for (std::size_t who = 5; who < 9; ++who)
      world.teach(in(form(0, apart), in(kMotherOf, person(who))), value(0, mother_of(who)));
    Pupil pupil(world);
    std::vector<Relation> relations;
    for (std::size_t kind = 0; kind < kKinds; ++kind)
      relations.push_back({{template_with(pupil.told(), tell(kind, true)), 0, 1},
                           {template_with(pupil.told(), tell(kind, false)), 0, 1}});
    relations.push_back({{template_with(pupil.told(), guards), 0, 1}});
    const Words question = in(form(kKinds - 1, apart), person(20));
    const Alike alike = [](Word a, Word b) { return a % 1000 == b % 1000; };
    pupil.learn(relations, alike);
    CHECK(pupil.ask(question) == pupil.says(value(kKinds - 1, 20)));
    CHECK(pupil.ask(in(form(kKinds - 1, apart), person(21))) == pupil.says(value(kKinds - 1, 21)));
    CHECK(pupil.ask(in(form(kKinds - 1, apart), person(kPeople - 2))) == "-");
    CHECK(pupil.ask(in(form(kKinds - 1, apart), in(kMotherOf, person(20)))) ==
          pupil.says(value(kKinds - 1, mother_of(20))));
    CHECK(pupil.reply(question).is_untaught);
    CHECK(pupil.reply(question).right >= kKinds - 1);
    CHECK(pupil.reply(question).wrong == 0);
    // A phrase that was never taught, in a form that was.
    CHECK(pupil.ask(in(form(0, apart), in(guard_of, person(20)))) == pupil.says(value(0, friend_of(20))));
    CHECK(pupil.reply(in(form(0, apart), in(guard_of, person(20)))).is_untaught);
    CHECK(pupil.ask(in(form(0, apart), in(unknown_of, person(20)))) == "?");
    CHECK(pupil.ask(in(Words{30, 7777, kSlot, 7778, 32}, person(20))) == "?");  // words that nothing was told in
    pupil.learn(relations);
    CHECK(pupil.ask(question) == (apart == 0 ? pupil.says(value(kKinds - 1, 20)) : "?"));
    pupil.learn({}, alike);  // nothing is known to be one relation
    CHECK(pupil.ask(question) == "?");
  }
}

TEST_CASE("the order of teaching does not change an answer") {
  World world = taught_world();
  world.teach(in(kWhereHome, person(3)), place(place_of(4)));  // one is taught wrongly, one abstains
  world.teach(in(kWhereRoom, person(5)), std::nullopt);
  const auto answers = all_answers(Pupil(world));
  Rng rng(1);
  for (int round = 0; round < 3; ++round) {
    noema::base::shuffle(world.taught, rng);
    CHECK(all_answers(Pupil(world)) == answers);
  }
}

TEST_CASE("learning again changes no answer") {
  const World world = taught_world();
  Pupil pupil(world);
  const auto answers = all_answers(pupil);
  pupil.learn({});
  CHECK(all_answers(pupil) == answers);
}

TEST_CASE("answers are the same when all words are renumbered") {
  World world = taught_world();
  const Pupil pupil(world);
  Rng rng(2);
  for (int round = 0; round < 3; ++round) {
    std::vector<Word> permutation(10000);
    for (std::size_t i = 0; i < permutation.size(); ++i) permutation[i] = static_cast<Word>(i);
    noema::base::shuffle(permutation, rng);
    std::vector<Word> back(permutation.size());
    for (std::size_t i = 0; i < permutation.size(); ++i) back[permutation[i]] = static_cast<Word>(i);
    World renumbered = world;
    renumbered.number = [&](Word word) { return permutation[word]; };
    const Pupil other(renumbered);
    for (const Words& question : all_questions()) {
      const Reply a = pupil.reply(question), b = other.reply(question);
      REQUIRE(a.is_understood == b.is_understood);
      REQUIRE(a.fact.has_value() == b.fact.has_value());
      CHECK(a.wrap == b.wrap);
      CHECK(a.chain.size() == b.chain.size());
      CHECK(std::pair(a.right, a.wrong) == std::pair(b.right, b.wrong));
      if (!a.fact) continue;
      Words words = other.told().words_of(b.fact->value);
      for (Word& word : words) word = back[word];
      CHECK(words == pupil.told().words_of(a.fact->value));
      CHECK(a.fact->sentence == b.fact->sentence);
    }
  }
}
