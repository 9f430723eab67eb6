#include "app/actions/neighbours.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

namespace {

/// The labels of the neighbours with a role, in their order.
std::vector<std::string> labels_with(const std::vector<app::Neighbour>& all, const std::string& role) {
  std::vector<std::string> labels;
  for (const auto& one : all)
    if (one.role == role) labels.push_back(one.itself.label);
  return labels;
}

}  // namespace

TEST_CASE("what stands after and before a word is counted, the most frequent first") {
  SmallLife life({"red fox", "red hen", "red fox", "old fox", "fox"});
  const auto view = life.mind->view();
  const auto red = app::neighbours(view, "Red");
  REQUIRE(red.size() == 2);
  CHECK(labels_with(red, "after") == std::vector<std::string>{"fox", "hen"});
  CHECK(app::to_json(red[0]).dump() ==
        R"({"id":)" + std::to_string(red[0].itself.id) + R"(,"label":"fox","count":2,"role":"after"})");
  const auto fox = app::neighbours(view, "fox");
  CHECK(labels_with(fox, "before") == std::vector<std::string>{"red", "old"});
  CHECK(labels_with(fox, "after").empty());  // the end of a line is no concept
}

TEST_CASE("the neighbours of a composite and of its parts name each other, and so do all that stand together") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const auto cut = app::neighbours(view, "he cut");
  CHECK(labels_with(cut, "part") == std::vector<std::string>{"cut", "he"});
  const auto wholes = labels_with(app::neighbours(view, "cut"), "whole");
  CHECK(std::find(wholes.begin(), wholes.end(), "he cut") != wholes.end());
  const std::map<std::string, std::string> back{
      {"after", "before"}, {"before", "after"}, {"part", "whole"}, {"whole", "part"}, {"category", "companion"}};
  std::set<std::string> roles;
  for (const auto id : app::all_concepts(view.graph())) {
    const auto all = app::neighbours(view, "concept:" + std::to_string(id));
    CHECK(std::is_sorted(all.begin(), all.end(),
                         [](const auto& a, const auto& b) { return a.itself.count > b.itself.count; }));
    for (const auto& one : all) {
      roles.insert(one.role);
      if (one.role != "part" && one.role != "category" && one.role != "after") continue;
      const auto others = app::neighbours(view, "concept:" + std::to_string(one.itself.id));
      INFO(label_of(view.graph(), id) << " has " << one.itself.label << " as its " << one.role);
      CHECK(std::any_of(others.begin(), others.end(), [&](const auto& other) {
        return view.graph().concept_of(other.itself.id) == id && other.role == back.at(one.role);
      }));
    }
  }
  for (const char* role : {"after", "before", "part", "whole"}) CHECK(roles.contains(role));
}

TEST_CASE("a name that means no concept or several has no neighbours, but an error") {
  SmallLife life({"the bank of the river"});
  const auto view = life.mind->view();
  CHECK_THROWS_WITH(app::neighbours(view, "bnak"), Catch::Contains("did you mean bank?"));
  for (const char* name : {"", "concept:0", "concept:99", "\xff"})
    CHECK_THROWS_AS(app::neighbours(view, name), app::UnknownName);
  SmallLife empty;
  CHECK_THROWS_AS(app::neighbours(empty.mind->view(), "bank"), app::UnknownName);
}
