#include "app/actions/surroundings.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/app/knowing_life.h"
#include "tests/app/life_of_kinds.h"

using namespace noema;
using tests::SmallLife;

namespace {

/// "red" stands before "fox" alone, a comma behind it; beside "zu" may stand anything. `more` lines have no fox.
std::vector<std::string> lines_around_foxes(int more = 0) {
  std::vector<std::string> lines;
  for (int i = 0; i < 40 + more; ++i) {
    const std::string n = std::to_string(i % 13), m = std::to_string((i * 5 + 2) % 13);
    if (i < 40) lines.push_back("w" + n + " zu w" + m + " zu red fox , w" + n);
    lines.push_back("w" + m + " zu old hen zu w" + n);
  }
  return lines;
}

/// A life that has not thought of company, and what is beside its concepts.
struct FoxLife : SmallLife {
  reasoning::MindView view = mind->view();
  app::TellingConcepts telling{view};

  explicit FoxLife(int more = 0) : SmallLife(lines_around_foxes(more)) {}
  concepts::ConceptId id(const char* word) const { return view.graph().find(word).value(); }
  std::vector<std::string> going_with(const char* word, std::size_t most = 9) const {
    return app::what_goes_with(view, telling, id(word), most);
  }
  std::vector<std::string> before(const char* word, std::size_t most = 9) const {
    return labels(app::telling_beside(view.graph(), telling, id(word), statistics().previous(id(word)), most));
  }
  std::vector<std::string> after(const char* word) const {
    return labels(app::telling_beside(view.graph(), telling, id(word), statistics().next(id(word)), 9));
  }

 private:
  const concepts::Statistics& statistics() const { return view.graph().statistics(); }
  static std::vector<std::string> labels(const std::vector<app::NamedConcept>& all) {
    std::vector<std::string> labels;
    for (const auto& one : all) labels.push_back(one.label + " " + std::to_string(one.count));
    return labels;
  }
};

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("of what stands beside a concept that is shown which tells something, with how often it does") {
  const FoxLife life;
  CHECK(life.before("fox") == Labels{"red 40"});
  CHECK(life.before("hen") == Labels{"old 40"});
  CHECK(life.after("red") == Labels{"fox 40"});
  CHECK(life.before("red").empty());  // "zu", beside which anything stands
  CHECK(life.after("fox").empty());   // a mark
  CHECK(life.before("fox", 0).empty());
}

TEST_CASE("what tells nothing is shown where it stands sixteen times as often as by chance") {
  const FoxLife life(80);
  CHECK(life.after("fox") == Labels{", 40"});
  CHECK(life.going_with("fox") == Labels{"red"});  // and does not go with it for that
}

TEST_CASE("without company what goes with a concept stands right beside it, on either side") {
  const FoxLife life;
  CHECK(life.going_with("fox") == Labels{"red"});
  CHECK(life.going_with("red") == Labels{"fox"});
  CHECK(life.going_with("hen") == Labels{"old"});
  CHECK(life.going_with("fox", 0).empty());
}

TEST_CASE("with company what goes with a word are words of its inputs, not itself, none that stands everywhere",
          "[company]") {
  const reasoning::Mind mind(app::open_to_read(tests::knowing_life()));
  const auto view = mind.view();
  const app::TellingConcepts telling(view);
  const auto going_with = [&](const char* word, std::size_t most) {
    return app::what_goes_with(view, telling, view.graph().find(word).value(), most);
  };
  const Labels labels = going_with("dog", 6);
  CHECK(labels.size() == 6);
  const std::set<std::string> tools{"saw", "axe", "drill", "vice", "lifts", "breaks", "steel", "motor", "rusty"};
  for (const std::string& label : labels) {
    INFO(label);
    CHECK_FALSE(tools.contains(label));
    CHECK(label != "dog");
    CHECK(label != "the");
  }
  CHECK(going_with("dog", 6) == labels);
  CHECK(going_with("dog", 2) == Labels(labels.begin(), labels.begin() + 2));
  CHECK(going_with("zebra", 6).empty());  // one input alone mentions it
}

TEST_CASE("with a category nothing goes") {
  const tests::LifeOfKinds life;
  const auto view = life.mind->view();
  const app::TellingConcepts telling(view);
  std::size_t categories = 0;
  for (const auto id : app::all_concepts(view.graph())) {
    if (!app::is_category(view.graph(), id)) continue;
    ++categories;
    CHECK(app::what_goes_with(view, telling, id, 9).empty());
    CHECK(app::written_label(view, id) == label_of(view.graph(), id));
  }
  CHECK(categories > 0);
}

TEST_CASE("the most frequent writing is taken, of equally frequent ones the first by letters") {
  CHECK(app::mostly_written({{"New York", 2}, {"new york", 3}}, "x") == "new york");
  CHECK(app::mostly_written({{"b", 2}, {"a", 2}, {"c", 1}}, "x") == "a");
  CHECK(app::mostly_written({{"", 1}}, "x").empty());
  CHECK(app::mostly_written({}, "x") == "x");
}

TEST_CASE("a composite is written as the inputs that mention it write it, not as its parts are by themselves") {
  auto lines = tests::tax_lines();
  for (std::string& line : lines)
    if (line.starts_with("he cut")) line.replace(0, 6, "he Cut");
  for (int i = 0; i < 10; ++i) lines.push_back("a cut of cloth");
  SmallLife life(lines);
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const auto& graph = view.graph();
  const auto he = *graph.find("he"), cut = *graph.find("cut");
  const auto whole = graph.nodes().joined(he, cut);
  REQUIRE(whole);
  CHECK(label_of(graph, *whole) == "he cut");
  CHECK(app::written_label(view, *whole) == "he Cut");
  CHECK(app::written_label(view, cut) == "cut");
}
