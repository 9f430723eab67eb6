#include "app/actions/review.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema;
using app::Verdict;

namespace {

app::ListedConcept concept_to_review(concepts::ConceptId id, memory::ThoughtId thought) {
  app::ListedConcept one;
  one.itself = {id, "c" + std::to_string(id), 2};
  one.thought = thought;
  return one;
}

}  // namespace

TEST_CASE("verdicts are understood by their beginnings, in any case") {
  CHECK(app::verdict_of("keep") == Verdict::kKeep);
  CHECK(app::verdict_of(" U ") == Verdict::kUndo);
  CHECK(app::verdict_of("sk\r") == Verdict::kSkip);
  CHECK(app::verdict_of("QUIT") == Verdict::kQuit);
  for (const char* other : {"", " ", "x", "keeps", "undo it", "\xff"}) CHECK_FALSE(app::verdict_of(other));
  for (const Verdict verdict : {Verdict::kKeep, Verdict::kUndo, Verdict::kSkip, Verdict::kQuit})
    CHECK(app::verdict_of(app::name_of(verdict)) == verdict);
}

TEST_CASE("a review carries out each verdict at once, passes over what went with another, and ends at quit") {
  const std::vector<app::ListedConcept> list{concept_to_review(1, 10), concept_to_review(2, 20),
                                             concept_to_review(3, 20), concept_to_review(4, 30),
                                             concept_to_review(5, 40), concept_to_review(6, 50)};
  std::vector<Verdict> answers{Verdict::kKeep, Verdict::kUndo, Verdict::kSkip, Verdict::kQuit};
  std::vector<std::string> asked, told, done;
  app::review(
      list,
      {[&](const app::ListedConcept& one) {
         done.push_back("keep " + one.itself.label);
         return memory::ThoughtId{77};
       },
       [&](memory::ThoughtId thought) { done.push_back("undo " + std::to_string(thought)); }},
      [&](const app::ListedConcept& one) {
        asked.push_back(one.itself.label);
        return answers.at(asked.size() - 1);
      },
      [&](const app::Judged& judged) { told.push_back(app::to_json(judged).dump()); });
  CHECK(asked == std::vector<std::string>{"c1", "c2", "c4", "c5"});
  CHECK(done == std::vector<std::string>{"keep c1", "undo 20"});
  CHECK(told == std::vector<std::string>{R"({"id":1,"label":"c1","answer":"keep","thought":77,"refused":null})",
                                         R"({"id":2,"label":"c2","answer":"undo","thought":20,"refused":null})",
                                         R"({"id":4,"label":"c4","answer":"skip","thought":null,"refused":null})"});
}

TEST_CASE("a verdict that is refused is told with the reason, and the review goes on") {
  std::vector<app::Judged> told;
  app::review(
      {concept_to_review(1, 10), concept_to_review(2, 10)},
      {[](const app::ListedConcept&) { return memory::ThoughtId{1}; },
       [](memory::ThoughtId) { throw base::Error("thought:11 stands on it"); }},
      [](const app::ListedConcept&) { return Verdict::kUndo; },
      [&](const app::Judged& judged) { told.push_back(judged); });
  REQUIRE(told.size() == 2);
  for (const app::Judged& judged : told) {
    CHECK(judged.refused == "thought:11 stands on it");
    CHECK(judged.thought == 0);
  }
}
