#include "reasoning/thoughts/company.h"

#include "reasoning/thoughts/join.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

namespace {

bool has(const std::vector<concepts::Scored>& company, ConceptId id) {
  return std::any_of(company.begin(), company.end(), [&](const auto& one) { return one.id == id; });
}

}  // namespace

TEST_CASE("two spellings of a word keep each other company, and so does what is associated") {
  Graph graph = spellings();
  const ConceptId colour = *graph.find("colour"), color = *graph.find("color"), york = *graph.find("york");
  const auto company = thoughts::company_of(graph, colour);
  REQUIRE_FALSE(company.empty());
  CHECK(company.front().id == color);
  CHECK_FALSE(has(company, york));
  graph.associate(colour, york, 2);
  CHECK(has(thoughts::company_of(graph, colour), york));
}

TEST_CASE("a category keeps the company of its most frequent member") {
  Graph graph = kinds(600);
  const ConceptId often = *graph.find("both"), seldom = *graph.find("n0");
  REQUIRE(graph.statistics().total(often) > graph.statistics().total(seldom));
  const ConceptId category = graph.categorise(seldom, often, 1);
  std::set<ConceptId> speakers, own;
  for (const auto& one : thoughts::company_of(graph, category)) own.insert(one.id);
  for (const auto& one : thoughts::company_of(graph, often)) speakers.insert(one.id);
  CHECK(std::includes(own.begin(), own.end(), speakers.begin(), speakers.end()));
  CHECK(thoughts::grown(graph, category) ==
        Approx(std::log2(1.0 + static_cast<double>(graph.statistics().total(category)))));
}

TEST_CASE("what cannot move is not examined, and what is not allowed is not found") {
  Graph graph = spellings();
  const ConceptId colour = *graph.find("colour"), color = *graph.find("color");
  CHECK_FALSE(thoughts::examine_company(graph, concepts::kBoundary, KindSet::all()));
  const auto found = thoughts::examine_company(graph, colour, KindSet::all().without("merge").without("leave"));
  CHECK((!found || found->kind == &thoughts::join()));
  CHECK_FALSE(
      thoughts::examine_company(graph, colour, KindSet::all().without("merge").without("leave").without("join")));
  graph.redirect(color, colour);
  CHECK_FALSE(thoughts::examine_company(graph, color, KindSet::all()));  // a form is no concept of its own
}
