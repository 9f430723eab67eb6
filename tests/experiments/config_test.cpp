#include "experiments/config.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;

namespace {

/// The error that this content gives; it must be one line.
std::string error_of(const std::string& content) {
  try {
    config_of_text(content);
  } catch (const base::Error& error) {
    CHECK(std::string(error.what()).find('\n') == std::string::npos);
    return error.what();
  }
  FAIL("no error for: " << content);
  return "";
}

const std::string kModel = "[model]\ntrain_lines = 10\n";

}  // namespace

TEST_CASE("an experiment file is read, and what it leaves out has its default") {
  const auto config = config_of_text(
      "name = \"x\"\nseed = 7\narms = [\"static\", \"noema\"]\n[model]\ntrain_lines = 10\nsteps = 5\nwidth = 32\n"
      "dropout = 0.1\n[stream]\nkind = \"zipf\"\nlines = 20\n[protocol]\nblock = 4\nthink = 0\n");
  CHECK(config.name == "x");
  CHECK(config.seed == 7);
  CHECK(config.model.seed == 7);
  CHECK(config.model.steps == 5);
  CHECK(config.model.width == 32);
  CHECK(config.model.dropout == 0.1);
  CHECK_FALSE(config.model.layers);
  CHECK(config.stream.kind == "zipf");
  CHECK(config.stream.settings.count("vocabulary") == 100000);
  CHECK(config.protocol.block == 4);
  CHECK(config.protocol.think == 0);
  CHECK(config.arms == std::vector<std::string>{"static", "noema"});
  const auto bare = config_of_text(kModel);
  CHECK(bare.name == "e");
  CHECK(bare.arms.size() == 6);
  CHECK(bare.stream.kind == "world");
}

TEST_CASE("paths in an experiment file are relative to its folder, and data may be files") {
  const auto config = config_of_text(
      "[model]\nfile = \"data.txt\"\n[stream]\nkind = \"files\"\nfiles = [\"./data.txt\"]\nmax_words = 9\n");
  CHECK(config.model.path.filename() == "data.txt");
  CHECK(config.stream.paths.at(0).filename() == "data.txt");
  CHECK(config.stream.settings.count("max_words") == 9);
}

TEST_CASE("the experiment files in experiments/ are read, where their data are") {
  const fs::path folder = fs::path(NOEMA_SOURCE_DIR) / "experiments";
  CHECK(read_config(folder / "first_life.toml").stream.settings.count("lines") == 3000);
  CHECK(read_config(folder / "smoke.toml").arms.size() == 5);
  CHECK(read_config(folder / "long_life.toml").stream.settings.count("lines") == 1'000'000);
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".toml") continue;
    try {
      read_config(entry.path());
    } catch (const base::Error& error) {
      CHECK_THAT(error.what(), Catch::Contains("which is no file"));
      WARN("skipped: " << error.what());
    }
  }
}

TEST_CASE("a mistake in an experiment file is named with its line and what is expected") {
  struct Case {
    std::string content;
    std::vector<std::string> said;
  };
  const std::vector<Case> cases = {
      {kModel + "[stream]\nlnes = 3\n", {"e.toml:4:", "unknown key 'stream.lnes'", "did you mean 'lines'?"}},
      {"sed = 3\n" + kModel, {"e.toml:1:", "unknown key 'sed'", "did you mean 'seed'?"}},
      {kModel + "stepz = 3\n", {"e.toml:3:", "did you mean 'steps'?"}},
      {kModel + "zebra_zone = 3\n", {"e.toml:3:", "unknown key 'model.zebra_zone'; expected one of"}},
      {kModel + "[stream]\nkind = \"files\"\nfiles = [\"data.txt\"]\npeople = 9\n",
       {"e.toml:6:", "unknown key 'stream.people'"}},
      {kModel + "objective = \"causel\"\n", {"e.toml:3:", "'model.objective' is 'causel'", "causal"}},
      {kModel + "steps = \"many\"\n", {"e.toml:3:", "'model.steps' is a text; expected a whole number"}},
      {kModel + "steps = 2.5\n", {"e.toml:3:", "is a number with a fraction; expected a whole number"}},
      {kModel + "learning_rate = 1000\n", {"e.toml:3:", "'model.learning_rate' is 1000; expected a number above 0"}},
      {kModel + "minutes = inf\n", {"e.toml:3:", "'model.minutes' is inf; expected a number above 0"}},
      {kModel + "[stream]\nkind = \"zipf\"\nvocabulary = 421876\n", {"e.toml:5:", "'stream.vocabulary' is 421876"}},
      {"seed = 18446744073709551616\n" + kModel, {"e.toml:1:"}},
      {"arms = [\"noema{gold=1}\"]\n" + kModel, {"e.toml:1:", "'gold' is no option of noema"}},
      {"arms = [\"noema-gold\"]\n" + kModel, {"e.toml:1:", "nothing that can be left out"}},
      {kModel + "steps = 0\n", {"e.toml:3:", "'model.steps' is 0; expected a whole number from 1 to"}},
      {kModel + "dropout = 2\n", {"e.toml:3:", "'model.dropout' is 2; expected a number from 0 to below 1"}},
      {kModel + "dropout = nan\n", {"e.toml:3:", "'model.dropout' is nan"}},
      {"name = 3\n" + kModel, {"e.toml:1:", "'name' is a whole number; expected a text"}},
      {"seed = -1\n" + kModel, {"e.toml:1:", "'seed' is -1"}},
      {"seeds = 3\n" + kModel, {"e.toml:1:", "'seeds' is a whole number; expected a list of whole numbers"}},
      {"seeds = []\n" + kModel, {"e.toml:1:", "expected a list of whole numbers, such as [1, 2, 3]"}},
      {"seeds = [1, \"2\"]\n" + kModel, {"e.toml:1:", "'seeds' is a text"}},
      {"seeds = [1, -2]\n" + kModel, {"e.toml:1:", "'seeds' is -2"}},
      {"seeds = [1, 2, 1]\n" + kModel, {"e.toml:1:", "names a seed twice"}},
      {"seed = 1\nseeds = [2]\n" + kModel, {"e.toml:1:", "keep one of them"}},
      {"arms = \"noema\"\n" + kModel, {"e.toml:1:", "'arms' is a text; expected a list of texts"}},
      {"arms = [1]\n" + kModel, {"e.toml:1:", "'arms' holds a whole number"}},
      {"arms = [\"noama\"]\n" + kModel, {"e.toml:1:", "unknown arm 'noama'; did you mean 'noema'?"}},
      {"arms = [\"noema\", \"noema\"]\n" + kModel, {"e.toml:1:", "named twice"}},
      {"arms = []\n" + kModel, {"e.toml:1:", "'arms' is empty"}},
      {"model = 3\n", {"e.toml:1:", "'model' is a whole number; expected a table"}},
      {kModel + "[stream]\nkind = \"word\"\n", {"e.toml:4:", "'stream.kind' is 'word'; did you mean 'world'?"}},
      {kModel + "[stream]\nkind = \"files\"\n", {"'stream.files' names no file"}},
      {kModel + "[stream]\nkind = \"files\"\nfiles = [\"none.txt\"]\n", {"e.toml:5:", "'none.txt', which is no file"}},
      {kModel + "[stream]\nchinese_share = true\n", {"e.toml:4:", "is true or false; expected a number"}},
      {kModel + "[protocol]\ntune_share = 1.0\n", {"e.toml:4:", "expected a number from 0 to 0.9"}},
      {kModel + "[protocol]\nblock = 0\n", {"e.toml:4:", "'protocol.block' is 0"}},
      {kModel + "[tuning]\nkind = \"word\"\n", {"e.toml:4:", "'tuning.kind' is 'word'; did you mean 'world'?"}},
      {kModel + "[tuning]\n[protocol]\ntune_share = 0.1\n", {"e.toml:3:", "keep one of them"}},
      {kModel + "[tuning]\nkind = \"inventions\"\n",
       {"e.toml:3:", "which a stream of kind 'inventions' does not give"}},
      {kModel +
           "[stream]\nkind = \"files\"\nfiles = [\"data.txt\"]\n[tuning]\nkind = \"files\"\nfiles = [\"data.txt\"]\n",
       {"e.toml:6:", "data.txt is in [tuning] and in [stream]"}},
      {"arms = [\"names\"]\n[stream]\nkind = \"inventions\"\n[tuning]\n", {"e.toml:4:", "as they are written"}},
      {"[model]\npreset = \"tinny\"\ntrain_lines = 1\n", {"e.toml:2:", "did you mean 'tiny'?"}},
      {"[model]\nsteps = 3\n", {"says no text to train on"}},
      {"[model]\nfile = \"data.txt\"\nsteps = 3\n", {"e.toml:3:", "keep one of them"}},
      {"[model]\nfile = \"no.model\"\n", {"e.toml:2:", "which is no file"}},
      {"name = \"x\"\n", {"there is no [model]"}},
      {"name = \n", {"e.toml:1:", "not TOML"}},
      {"[model\n", {"e.toml:1:", "not TOML"}},
      {kModel + "train_lines = 4\n", {"e.toml:3:", "not TOML"}},
  };
  for (const Case& one : cases) {
    const std::string error = error_of(one.content);
    for (const std::string& part : one.said) CHECK_THAT(error, Catch::Contains(part));
  }
}

TEST_CASE("what settings are tuned on is part of what decides the result") {
  const auto config = config_of_text(kModel + "[tuning]\nkind = \"zipf\"\nlines = 30\n");
  REQUIRE(config.tuning);
  CHECK(config.tuning->kind == "zipf");
  CHECK(config.tuning->settings.count("lines") == 30);
  const auto settings = to_json(config);
  CHECK(settings.at("tuning").at("kind") == "zipf");
  CHECK_FALSE(settings.at("protocol").contains("tune_share"));
  CHECK(config_hash(config) != config_hash(config_of_text(kModel)));
  CHECK(to_json(config_of_text(kModel)).at("protocol").at("tune_share") == 0.1);
}

TEST_CASE("a missing, empty or binary experiment file gives one clear line") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(read_config(folder / "none.toml"), base::Error);
  CHECK_THROWS_AS(read_config(folder.path()), base::Error);
  CHECK_THAT(error_of(""), Catch::Contains("there is no [model]"));
  CHECK_THAT(error_of(std::string("\x00\xff\xfe", 3)), Catch::Contains("not TOML"));
}

TEST_CASE("the hash of an experiment changes with every setting that decides the result, and with nothing else") {
  const auto one = config_of_text(kModel);
  CHECK(config_hash(one) == config_hash(config_of_text("# a comment\n" + kModel)));
  CHECK(config_hash(one) != config_hash(config_of_text("seed = 2\n" + kModel)));
  CHECK(config_hash(one) != config_hash(config_of_text(kModel + "steps = 9\n")));
  CHECK(config_hash(one) != config_hash(config_of_text(kModel + "[protocol]\nthink = 9\n")));
}
