#include "app/search_options.h"

#include <catch2/catch.hpp>

using namespace noema;

TEST_CASE("the options of beam search are read, and refused out of range") {
  CLI::App command;
  transformer::TranslateOptions options;
  app::add_search_options(command, options);
  command.parse("--beam 7 --length-power 0.5");
  CHECK(options.beam == 7);
  CHECK(options.length_power == Approx(0.5));
  CHECK_THROWS_AS(command.parse("--beam 0"), CLI::ValidationError);
  CHECK_THROWS_AS(command.parse("--length-power nan"), CLI::ValidationError);
}
