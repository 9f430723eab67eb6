#include "reasoning/cue.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Cue;

namespace {

/// A cue with what it needs.
struct Asked {
  reasoning::Headings headings;
  reasoning::Openings openings;
  reasoning::WrittenForms forms;
  std::optional<Cue> cue;
  Asked(const ToldGraph& told, const std::string& text, const reasoning::CueOptions& options = {}) {
    headings.catch_up(told.life, told.graph.stream().first_episode());
    openings.catch_up(told.graph, headings);
    forms.catch_up(told.graph, told.life);
    cue.emplace(told.graph, headings, openings.evidence(), forms, text, options);
  }
  const Cue* operator->() const { return &*cue; }
};

/// BM25 by looking at all rows: the share of each unit.
std::map<std::string, double> bm25(const ToldGraph& told, const std::vector<std::string>& cue,
                                   const memory::EpisodeRow& row, const reasoning::CueOptions& options) {
  double inputs = 0, units = 0;
  std::map<std::string, double> holding, shares;
  for (const auto& one : told.rows) {
    if (reasoning::is_question(one)) continue;
    const auto all = ToldGraph::units(one);
    ++inputs;
    units += static_cast<double>(all.size());
    for (const std::string& unit : std::set<std::string>(all.begin(), all.end())) ++holding[unit];
  }
  const auto own = ToldGraph::units(row);
  for (const std::string& unit : cue) {
    const auto n = static_cast<double>(std::count(own.begin(), own.end(), unit));
    const double idf = std::log(1 + (inputs - holding[unit] + 0.5) / (holding[unit] + 0.5));
    const double length = static_cast<double>(own.size()) / (units / inputs);
    shares[unit] =
        idf * n * (options.saturation + 1) / (n + options.saturation * (1 - options.length + options.length * length));
  }
  return shares;
}

}  // namespace

TEST_CASE("a cue gives each input what BM25 by looking at all rows gives, marks left out") {
  base::Rng rng(3);
  ToldGraph told;
  told.tell_at_random(rng, 80);
  const Asked cue(told, "A b, d 山 b?");
  REQUIRE(cue->parts().size() == 4);
  CHECK(cue->units() == told.ids({"a", "b", ",", "d", "山", "b", "?"}));
  const auto candidates = cue->candidates({});
  CHECK(candidates.all);
  CHECK(std::is_sorted(candidates.episodes.begin(), candidates.episodes.end()));
  std::vector<std::uint32_t> episodes(told.rows.size());
  std::iota(episodes.begin(), episodes.end(), 0);
  const std::vector<double> rows = cue->rows(episodes);
  std::set<std::uint32_t> expected;
  for (const auto& row : told.rows) {
    const auto episode = static_cast<std::uint32_t>(row.id - 1);
    const auto shares = bm25(told, {"a", "b", "d", "山"}, row, {});
    const auto found = cue->row(episode);
    CHECK(std::equal(found.begin(), found.end(), rows.begin() + static_cast<std::ptrdiff_t>(4 * episode)));
    double sum = 0;
    for (std::size_t part = 0; part < found.size(); ++part) {
      CHECK(found[part] == Approx(shares.at(label_of(told.graph, cue->parts()[part].node))).margin(1e-12));
      sum += found[part];
    }
    if (sum > 0 && !reasoning::is_question(row)) expected.insert(episode);
  }
  CHECK(std::set<std::uint32_t>(candidates.episodes.begin(), candidates.episodes.end()) == expected);
  CHECK(candidates.episodes.size() == expected.size());
}

TEST_CASE("coverage is the share of the cue's information; what was never met counts") {
  ToldGraph told;
  told.tell("the silver key");
  told.tell("the door");
  told.tell("a key");
  CHECK(Asked(told, "silver key?")->coverage(0) == Approx(1));
  const double part = Asked(told, "silver key")->coverage(2);
  CHECK(part > 0);
  CHECK(part < 0.5);
  CHECK(Asked(told, "silver")->coverage(1) == 0);
  CHECK(Asked(told, "silver chromodynamics")->coverage(0) < 1);
  CHECK(Asked(told, "?!")->coverage(0) == 0);
  const double before = Asked(told, "who has the silver")->coverage(0);
  memory::EpisodeRow question;
  question.text = "who has the silver?";
  question.kind = reasoning::kAsked;
  told.tell(question);
  CHECK(Asked(told, "who has the silver")->coverage(0) == before);  // what was asked tells nothing
}

TEST_CASE("an input of more than twice the average length covers less; what it holds only by chance, nothing") {
  const auto coverage = [](std::size_t more) {
    ToldGraph told;
    for (int i = 0; i < 60; ++i) told.tell("one two three four");
    std::string text = "the silver key";
    for (std::size_t i = 0; i < more; ++i) text += " lies";
    told.tell(text);
    return Asked(told, "silver key")->coverage(60);
  };
  CHECK(coverage(0) == Approx(1));
  CHECK(coverage(5) == Approx(1));  // 8 units, where inputs have 4 on average
  CHECK(coverage(40) < 0.8);
  CHECK(coverage(40) > coverage(400));
}

TEST_CASE("a unit with marks inside calls by its parts too") {
  ToldGraph told;
  told.tell("Hello Love is a film");
  told.tell("don't");
  const Asked cue(told, "Hello Love's cast, don't");
  CHECK(cue->units()[1] == concepts::kBoundary);
  CHECK(cue->finer_units()[1] == *told.graph.find("love"));
  CHECK(cue->parts().size() == 3);  // hello, love, don't
  CHECK(cue->row(1).back() > 0);
}

TEST_CASE("other forms of a concept call more faintly, and hold none of the cue's information") {
  ToldGraph told;
  for (const char* text : {"a car here", "an auto there", "nothing else", "no more"}) told.tell(text);
  told.graph.redirect(*told.graph.find("auto"), *told.graph.find("car"));
  for (const char* text : {"car", "auto"}) {
    const Asked cue(told, text);
    const std::uint32_t own = text == std::string("car") ? 0 : 1;
    CHECK(cue->row(1 - own).front() == Approx(cue->row(own).front() / 2));
    CHECK(cue->coverage(own) == 1);
    CHECK(cue->coverage(1 - own) == Approx(0.5));
  }
}

TEST_CASE("inputs with another written form of a word match it, half as much") {
  ToldGraph told;
  told.tell("it sleeps");
  told.tell("they sleep");
  for (int i = 0; i < 10; ++i) told.tell("nothing of the kind");
  for (const char* text : {"sleep", "sleeps"}) {
    const Asked cue(told, text);
    REQUIRE(cue->parts().size() == 1);
    const std::uint32_t own = text == std::string("sleeps") ? 0 : 1;
    CHECK(cue->row(1 - own).front() == Approx(cue->row(own).front() / 2));
    CHECK(cue->coverage(own) == Approx(1));
    CHECK(cue->coverage(1 - own) == Approx(0.5));
    CHECK(cue->candidates({}).episodes == std::vector<std::uint32_t>{0, 1});
  }
  const Asked never(told, "sleeping sleeper");  // never met themselves
  CHECK(never->parts().size() == 1);
  CHECK(never->coverage(0) > 0);
  CHECK(Asked(told, "nothings")->coverage(5) == Approx(0.5));
  CHECK(Asked(told, "nothing")->parts().front().callers.size() == 1);  // it tells too little to look for others
}

TEST_CASE("candidates are bounded: those of the rarest units and the most recent mentions are taken") {
  ToldGraph told;
  told.tell("rare word");
  for (int i = 0; i < 50; ++i) told.tell("common word");
  reasoning::CueOptions options;
  options.mentions = 10;
  const auto found = Asked(told, "common rare", options)->candidates({});
  CHECK(found.episodes == std::vector<std::uint32_t>{0, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50});
  CHECK_FALSE(found.all);
  options.candidates = 1;
  CHECK(Asked(told, "common rare", options)->candidates({}).episodes == std::vector<std::uint32_t>{0});
}
