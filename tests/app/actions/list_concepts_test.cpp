#include "app/actions/list_concepts.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "concepts/saving.h"
#include "tests/app/small_life.h"
#include "tests/reasoning/kinds.h"

using namespace noema;
using tests::SmallLife;

namespace {

const app::ListedConcept* listed_as(const app::ConceptList& list, const std::string& label) {
  const auto found = std::find_if(list.concepts.begin(), list.concepts.end(),
                                  [&](const auto& one) { return one.itself.label == label; });
  return found == list.concepts.end() ? nullptr : &*found;
}

double worth_listed(const app::ListedConcept& one) { return one.saved_bits.value_or(one.claimed_bits.value_or(0)); }

}  // namespace

TEST_CASE("concepts that thinking made are listed by what they save, with their thought and an input") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const auto all = app::list_concepts(view, {.most = 1000, .with_uninformative = true});
  REQUIRE(all.concepts.size() > 1);
  CHECK(all.total == all.concepts.size());
  CHECK(all.uninformative == 0);
  for (std::size_t i = 0; i < all.concepts.size(); ++i) {
    const app::ListedConcept& one = all.concepts[i];
    INFO(one.itself.label);
    CHECK(view.graph().node(one.itself.id).made_by == static_cast<std::uint64_t>(one.thought));
    CHECK(view.life().thoughts().find(one.thought)->kind == one.thought_kind);
    CHECK(one.claimed_bits);
    if (i > 0) CHECK(worth_listed(all.concepts[i - 1]) >= worth_listed(one));
  }
  const app::ListedConcept* cut = listed_as(all, "he cut");
  REQUIRE(cut != nullptr);
  CHECK(cut->kind == "composite");
  CHECK(cut->itself.count == 60);
  CHECK(cut->saved_bits == concepts::saved_bits(view.graph(), cut->itself.id, 4096));
  REQUIRE_FALSE(cut->examples.empty());
  CHECK_THAT(cut->examples.front(), Catch::Contains("he cut the"));
  const auto some = app::list_concepts(view, {.most = 1, .with_uninformative = true});
  REQUIRE(some.concepts.size() == 1);
  CHECK(some.total == all.total);
  CHECK(some.concepts[0].itself.id == all.concepts[0].itself.id);
}

TEST_CASE("of concepts one kind is listed, and an unknown kind is refused with those that there are") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  std::size_t listed = 0;
  for (const char* kind : {"composite", "schema", "sense", "category"}) {
    const auto list = app::list_concepts(view, {.kind = kind, .most = 1000, .with_uninformative = true});
    for (const app::ListedConcept& one : list.concepts) CHECK(one.kind == kind);
    listed += list.total;
  }
  CHECK(listed == app::list_concepts(view, {.most = 1, .with_uninformative = true}).total);
  CHECK_THROWS_WITH(app::list_concepts(view, {.kind = "idea"}), Catch::Contains("'idea'") && Catch::Contains("schema"));
  CHECK_THROWS_WITH(app::list_concepts(view, {.kind = "topic"}), Catch::Contains("noema think"));
}

TEST_CASE("topics are concepts too, when they are asked for", "[company]") {
  SmallLife life(tests::lines_of_kinds());
  REQUIRE(life.mind->think_of_topics());
  life.mind->commit();
  const auto list = app::list_concepts(life.mind->view(), {.kind = "topic", .most = 1});
  REQUIRE(list.concepts.size() == 1);
  CHECK(list.total > 1);
  CHECK(list.concepts[0].kind == "topic");
  CHECK(list.concepts[0].itself.count > 0);
  CHECK_FALSE(list.concepts[0].saved_bits);
  CHECK(app::to_json(list.concepts[0])["thought"].is_null());
}

TEST_CASE("a listed concept is read again as it was written, what is absent too") {
  app::ListedConcept one;
  one.itself = {7, "tax cut", 60};
  one.kind = "composite";
  one.saved_bits = 12.5;
  one.claimed_bits = 11;
  one.thought = 3;
  one.thought_kind = "compose";
  one.is_kept = true;
  one.examples = {"a tax cut", "the tax cut"};
  CHECK(app::to_json(app::listed_concept_of(app::to_json(one))) == app::to_json(one));
  one.saved_bits.reset();
  one.claimed_bits.reset();
  one.thought = 0;
  one.thought_kind.clear();
  const auto json = app::to_json(one);
  for (const char* key : {"saved_bits", "claimed_bits", "thought", "made_by"}) CHECK(json[key].is_null());
  CHECK(app::to_json(app::listed_concept_of(json)) == json);
}
