#include "app/lives.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "app/actions/tell.h"
#include "base/error.h"
#include "base/files.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

namespace {

memory::Input home(const std::string& where) {
  memory::Input input;
  input.text = "Ann lives in " + where;
  return input;
}

}  // namespace

TEST_CASE("a life has any number of readers and one writer, who is told of by name") {
  SmallLife life({"one input"});
  life.mind.reset();
  const memory::Life first = app::open_to_read(life.path), second = app::open_to_read(life.path);
  {
    const memory::Life writer = app::open_to_write(life.path);
    CHECK_THROWS_WITH(app::open_to_write(life.path), Catch::Contains("small.life") && Catch::Contains("for writing"));
    CHECK(app::open_to_read(life.path).counts().episodes == 1);
  }
  app::tell(app::open_to_write(life.path), home("Oslo"));
  CHECK(first.counts().episodes == 2);  // those who read see what was committed since
  CHECK(second.check().empty());
}

TEST_CASE("opening to read changes no byte of the file, and what would write through it is stopped") {
  SmallLife life({"one input"});
  life.mind.reset();
  const std::string before = base::read_file(life.path);
  {
    memory::Life reader = app::open_to_read(life.path);
    CHECK_THROWS_AS(app::tell(std::move(reader), home("Oslo")), base::Bug);
  }
  CHECK(base::read_file(life.path) == before);
}

TEST_CASE("what is not there is not made, and what is no life is said to be none") {
  const tests::Workplace work;
  for (const auto open : {app::open_to_read, app::open_to_write}) {
    CHECK_THROWS_WITH(open(work.file("none.life")), Catch::Contains("none.life") && Catch::Contains("noema new"));
    CHECK_FALSE(std::filesystem::exists(work.file("none.life")));
    const std::string text = work.write("text", "just text, long enough to be a page of a database or so\n");
    CHECK_THROWS_WITH(open(text), Catch::Contains("no life"));
    CHECK_THROWS_AS(open(work.path.string()), base::Error);
    CHECK_THROWS_AS(open(""), base::Error);
    CHECK(base::read_file(text).starts_with("just text"));
  }
}
