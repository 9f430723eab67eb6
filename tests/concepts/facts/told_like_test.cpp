#include "concepts/facts/told_like.h"

#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;

TEST_CASE("the relation is found that is told in most of a form's words, by how few forms have them") {
  const Words lives{kSlot, 10, 11, kSlot, kStop}, works{kSlot, 12, 11, kSlot, kStop};
  Told told;
  for (std::size_t who = 0; who < 30; ++who) {
    told.tell(fill(lives, {person(who), person(40 + who % 5)}), static_cast<std::int64_t>(2 * who));
    told.tell(fill(works, {person(who), person(50 + who % 5)}), static_cast<std::int64_t>(2 * who + 1));
  }
  for (const Words& pattern : {lives, works}) told.propose(pattern, -1e6);
  const std::vector<Relation> relations{{{template_with(told, lives), 0, 1}}, {{template_with(told, works), 0, 1}}};
  const Words where{30, 10, kSlot, 31}, whom{30, 12, kSlot, 31}, neither{30, kSlot, 31}, both{30, 11, kSlot, 31};
  const std::vector<const Words*> forms{&where, &whom, &neither, &both};
  const Alike same = std::equal_to<Word>();
  const ToldLike like(forms);
  const auto find = [&](const Words& form, const Alike& alike) { return like.find(told, relations, alike, form); };
  CHECK(find(where, same).relation == &relations[0]);
  CHECK(find(where, same).coverage == Approx(1));  // all forms have the other words
  CHECK(find(whom, same).relation == &relations[1]);
  CHECK(find(neither, same).relation == nullptr);
  CHECK(find(both, same).relation == nullptr);                // told of either
  CHECK(find({30, 10, 77, kSlot, 31}, same).coverage < 0.6);  // a word that no form and no template has
  CHECK(find({30, 1010, kSlot, 31}, same).relation == nullptr);
  const Alike alike = [](Word a, Word b) { return a % 1000 == b % 1000; };
  CHECK(find({30, 1010, kSlot, 31}, alike).relation == &relations[0]);
  CHECK(like.find(told, {}, same, where).relation == nullptr);
}

TEST_CASE("the words of a condition are words in which a relation is told") {
  const Words is_the_of{kSlot, 10, kSlot, 11, kSlot, kStop};
  Told told;
  for (std::size_t who = 0; who < 30; ++who)
    told.tell(fill(is_the_of, {person(who), {who % 2 == 0 ? 20 : 21}, person(50 + who)}),
              static_cast<std::int64_t>(who));
  told.propose(is_the_of, -1e6);
  const TemplateId form = template_with(told, is_the_of);
  const auto relation = [&](Word kind) { return Relation{{form, 2, 0, 1, *told.thing_of({kind})}}; };
  const std::vector<Relation> relations{relation(20), relation(21)};
  const Words one{30, 20, 11, kSlot, 31}, other{30, 21, 11, kSlot, 31}, neither{32, kSlot, 31};
  const std::vector<const Words*> forms{&one, &other, &neither};
  const ToldLike like(forms);
  const Alike same = std::equal_to<Word>();
  CHECK(like.find(told, relations, same, one).relation == &relations[0]);
  CHECK(like.find(told, relations, same, other).relation == &relations[1]);
  CHECK(like.find(told, relations, same, neither).relation == nullptr);
}

TEST_CASE("how much coverage it takes is learned from the forms whose words were tried") {
  const Words lives{kSlot, 10, 11, kSlot, kStop};
  Told told;
  for (std::size_t who = 0; who < 30; ++who)
    told.tell(fill(lives, {person(who), person(40 + who % 5)}), static_cast<std::int64_t>(who));
  told.propose(lives, -1e6);
  const std::vector<Relation> relations{{{template_with(told, lives), 0, 1}}};
  const Words all{10, kSlot}, half{10, 20, kSlot}, less{10, 20, 21, kSlot}, neither{30, kSlot};
  const std::vector<const Words*> forms{&half, &less, &neither};
  const Alike same = std::equal_to<Word>();
  const auto asks = [&](const ToldLike& like, const Words& form) {
    return like.asked_by(told, relations, same, form) != nullptr;
  };
  ToldLike like(forms);
  CHECK_FALSE(like.has_learned());
  CHECK_FALSE(asks(like, all));
  like.learn({{0.9, true}, {0.8, true}});  // too few
  CHECK_FALSE(like.has_learned());
  like.learn({{0.7, true}, {0.9, true}, {0.8, true}, {0.6, false}});  // in any order
  CHECK(like.has_learned());
  CHECK(like.right() == 3);
  CHECK(like.wrong() == 0);
  CHECK(asks(like, all));
  CHECK_FALSE(asks(like, less));
  like.learn({{0.9, true}, {0.9, false}, {0.8, true}, {0.7, true}});
  CHECK_FALSE(like.has_learned());
  CHECK(like.right() == 0);
  like.learn({{0.3, true}, {0.2, true}, {0.1, true}});  // less than half of a form's bits never suffices
  REQUIRE(like.has_learned());
  CHECK(asks(like, all));
  CHECK(like.find(told, relations, same, less).coverage < 0.5);
  CHECK_FALSE(asks(like, less));
}
