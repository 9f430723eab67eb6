#include "reasoning/reading.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/lives.h"

using namespace noema;
using reasoning::Reader;

TEST_CASE("the bits of a text's units add up to the bits of its tokens, whatever the lines") {
  const auto model = tests::small_model();
  Reader reader(model);
  transformer::Decoder decoder(model);
  double units = 0, tokens = 0;
  float first_begin = decoder.position().log_begin, last_begin = 0;
  base::Segmenter segmenter;
  for (const std::string& line : tests::small_world(1, 20)) {
    for (const auto& unit : reader.read(line)) units += unit.nats;
    std::vector<transformer::Token> ids;
    for (const auto& unit : segmenter.split(line))
      for (const auto token : model.tokenizer().encode(base::surface_of(line, unit))) ids.push_back(token);
    decoder.append(ids, [&](std::size_t i, const transformer::Position& position) {
      tokens -= position.log_probabilities[static_cast<std::size_t>(ids[i])];
    });
    last_begin = decoder.position().log_begin;
  }
  // The first unit is given that a unit begins; the last one says that another would.
  CHECK(units == Approx(tokens + double{first_begin} - double{last_begin}).epsilon(1e-5));
}

TEST_CASE("a unit knows how the transformer spread its probability over first tokens") {
  const auto model = tests::small_model();
  Reader reader(model);
  for (const std::string& line : tests::small_world(1, 5)) {
    for (const auto& unit : reader.read(line)) {
      double sum = 0;
      for (const float mass : unit.spread.mass) sum += double{mass};
      CHECK(sum == Approx(1).epsilon(1e-4));
      CHECK(unit.nats >= -std::log(double{unit.first_probability}) - 1e-4);
      CHECK(unit.spread.mass[reasoning::Spread::step_of(unit.first_probability)] >= unit.first_probability);
      CHECK(unit.learned_nats < 0);
    }
  }
}

TEST_CASE("the writings of an identity share it") {
  const auto model = tests::small_model();
  Reader reader(model);
  reader.know(" the");
  reader.know("The");
  const auto line = reader.read("x the The THE");
  CHECK(line[1].writing_share > 0);
  CHECK(line[1].writing_share < 1);
  CHECK(line[2].writing_share == 0);  // " The" was never met
  CHECK(line[2].identity == "the");
  CHECK(line.back().identity == "\n");
}

TEST_CASE("a reader that is restored goes on where the other one was") {
  const auto model = tests::small_model();
  Reader one(model), other(model);
  for (const std::string& line : tests::small_world(1, 30)) one.read(line);
  REQUIRE(other.restore(one.state()));
  for (const std::string& line : tests::small_world(2, 10)) {
    const auto here = one.read(line), there = other.read(line);
    REQUIRE(here.size() == there.size());
    for (std::size_t i = 0; i < here.size(); ++i) {
      CHECK(here[i].nats == there[i].nats);
      CHECK(here[i].surface_id == there[i].surface_id);
      CHECK(here[i].writing_share == there[i].writing_share);
    }
  }
  CHECK_FALSE(other.restore("nothing"));
}

TEST_CASE("the spellings that a reader knows do not grow without bound, and those in use stay known") {
  const auto model = tests::small_model();
  Reader reader(model);
  const auto often = reader.split("often").front().surface_id, once = reader.split("once").front().surface_id;
  for (std::size_t i = 0; i < 300'000; ++i) {  // more than two generations
    reader.know("w" + std::to_string(i));
    if (i % 1000 == 0) CHECK(reader.split("often").front().surface_id == often);
  }
  CHECK(reader.split("once").front().surface_id != once);  // forgotten meanwhile
}
