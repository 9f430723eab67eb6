#include "reasoning/experts/told_facts.h"

#include <catch2/catch.hpp>

using namespace noema;
using concepts::facts::FactLayer;
using reasoning::Moment;
using reasoning::Opinion;

namespace {

/// What the expert says of one unit, which it then learns.
struct Voice {
  std::unique_ptr<reasoning::Expert> expert = reasoning::told_facts_expert().make({});
  concepts::Graph graph;

  Opinion say(const FactLayer* facts, const std::string& identity) {
    reasoning::UnitReading unit;
    unit.identity = identity;
    unit.writing_share = 0.5;
    const Moment moment{graph, unit, std::nullopt, {}, facts};
    Opinion opinion{0, 0, true};
    std::vector<double> features(3);
    expert->predict(moment, std::span(&opinion, 1), features);
    expert->learn(moment);
    return opinion;
  }
  Opinion last_of(const FactLayer* facts, const std::vector<std::string>& identities) {
    expert->begin_line();
    Opinion opinion;
    for (const std::string& identity : identities) opinion = say(facts, identity);
    return opinion;
  }
};

FactLayer told_world() {
  FactLayer facts;
  for (std::int64_t input = 1; input <= 60; ++input) {
    const std::vector<std::string> told{"mek" + std::to_string(input), "dorv", "ul", "tol" + std::to_string(input % 9),
                                        "."};
    facts.think(facts.learn_words(told), input);
  }
  return facts;
}

}  // namespace

TEST_CASE("the facts say nothing before anything was thought about") {
  Voice voice;
  const FactLayer empty;
  CHECK(voice.last_of(nullptr, {"mek1", "dorv", "\n"}).absent);
  CHECK(voice.last_of(&empty, {"mek1", "dorv", "\n"}).absent);
}

TEST_CASE("a constant and a told value get a share, as much as their writing has") {
  Voice voice;
  const FactLayer facts = told_world();
  const Opinion constant = voice.last_of(&facts, {"mek7", "dorv", "ul"});
  CHECK(constant.share == Approx(0.5).margin(0.05));
  const Opinion value = voice.last_of(&facts, {"mek7", "dorv", "ul", "tol7"});
  const Opinion other = voice.last_of(&facts, {"mek7", "dorv", "ul", "tol8"});
  CHECK(value.share > 2 * other.share);
  CHECK(voice.last_of(&facts, {"mek7", "dorv", "ul", "never"}).share == 0);
}

TEST_CASE("what the facts learned is kept") {
  Voice voice, other;
  const FactLayer facts = told_world();
  for (int times = 0; times < 8; ++times) voice.last_of(&facts, {"mek7", "dorv", "ul", "tol7", ".", "\n"});
  const double learned = voice.last_of(&facts, {"mek7", "dorv", "ul", "tol7"}).share;
  CHECK(learned > other.last_of(&facts, {"mek7", "dorv", "ul", "tol7"}).share);
  other.expert->restore(voice.expert->learned());
  CHECK(other.last_of(&facts, {"mek7", "dorv", "ul", "tol7"}).share == learned);
}
