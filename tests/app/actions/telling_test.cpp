#include "app/actions/telling.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/knowing_life.h"

using namespace noema;
using tests::SmallLife;

namespace {

/// Beside "zu" may stand anything; "red" stands before "fox" alone.
std::vector<std::string> lines_of_foxes() {
  std::vector<std::string> lines;
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i % 13), m = std::to_string((i * 5 + 2) % 13);
    lines.push_back("w" + n + " zu w" + m + " zu red fox , w" + n);
    lines.push_back("w" + m + " zu old hen zu w" + n);
  }
  return lines;
}

}  // namespace

TEST_CASE("a word beside which anything stands tells nothing, nor does a mark") {
  SmallLife life(lines_of_foxes());
  const auto unit = [](const concepts::Graph& graph, const char* word) { return graph.find(word).value(); };
  const auto view = life.mind->view();
  const app::TellingConcepts telling(view);
  CHECK(telling.of_unit(unit(view.graph(), "fox")) > 1);
  CHECK(telling.of_unit(unit(view.graph(), "zu")) < 0.75);
  CHECK(telling.of_unit(unit(view.graph(), ",")) == 0);
  CHECK(telling.tells(unit(view.graph(), "fox")));
  CHECK_FALSE(telling.tells(unit(view.graph(), "zu")));
}

TEST_CASE("in a life that knows the company of words, that says which of them tell", "[company]") {
  const reasoning::Mind mind(app::open_to_read(tests::knowing_life()));
  const auto view = mind.view();
  const app::TellingConcepts telling(view);
  const auto words = app::words_of(view.life());
  std::size_t tell = 0, other = 0;
  for (concepts::company::Word word = 0; word < words.size(); ++word) {
    ++(telling.tells(words[word].unit) ? tell : other);
    if (word > 0)  // the more informative, the more it tells
      CHECK((telling.of_unit(words[word].unit) > telling.of_unit(words[0].unit)) ==
            (words[word].informativeness > words[0].informativeness));
  }
  CHECK(tell > 0);
  CHECK(other > 0);
}
