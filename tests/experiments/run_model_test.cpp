#include "experiments/run_model.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;

namespace {

/// An experiment that trains a model, and counts how often.
struct TrainedRun {
  TemporaryFolder folder;
  ExperimentConfig config;
  std::string bytes = "a model";
  int trained = 0;

  RunFolder open(bool resume = false) { return {folder / "out", "hash", resume, false}; }
  fs::path model_in(RunFolder& run) {
    return model_of_run(config, run, [&](const fs::path& out) {
      CHECK_FALSE(fs::exists(out));
      base::write_file(out, bytes);
      ++trained;
    });
  }
  /// The experiment names a file instead.
  void name_model(const std::string& content) {
    config.model.file = "given.noema";
    config.model.path = folder / "given.noema";
    base::write_file(config.model.path, content);
  }
};

}  // namespace

TEST_CASE("a run without a model trains one in its folder, and enters its hash and how long that took") {
  TrainedRun run;
  RunFolder folder = run.open();
  const fs::path model = run.model_in(folder);
  CHECK(model == folder.file("model.noema"));
  CHECK(base::read_file(model) == "a model");
  CHECK(run.trained == 1);
  const nlohmann::json manifest = read_json(folder.file("manifest.json"));
  CHECK(manifest["model_hash"] == base::sha256_hex("a model"));
  CHECK(manifest["model_seconds"] >= 0);
}

TEST_CASE("a run that is picked up takes the model that it trained, and trains anew if that is not there any more") {
  TrainedRun run;
  {
    RunFolder folder = run.open();
    run.model_in(folder);
  }
  {
    RunFolder folder = run.open(true);
    CHECK(base::read_file(run.model_in(folder)) == "a model");
    CHECK(run.trained == 1);
  }
  fs::remove(run.folder / "out/model.noema");
  RunFolder folder = run.open(true);
  run.model_in(folder);
  CHECK(run.trained == 2);
}

TEST_CASE("a model of which the manifest does not know is half written, and is trained anew") {
  TrainedRun run;
  RunFolder folder = run.open();
  folder.save_manifest();
  base::write_file(folder.file("model.noema"), "half a mod");
  CHECK(base::read_file(run.model_in(folder)) == "a model");
  CHECK(run.trained == 1);
}

TEST_CASE("a training that fails leaves no model behind that the next one would take") {
  TrainedRun run;
  {
    RunFolder folder = run.open();
    folder.save_manifest();
    CHECK_THROWS_WITH(model_of_run(run.config, folder,
                                   [](const fs::path& out) {
                                     base::write_file(out, "half");
                                     throw base::Error("stopped");
                                   }),
                      "stopped");
    CHECK_FALSE(folder.manifest().contains("model_hash"));
  }
  RunFolder folder = run.open(true);
  CHECK(base::read_file(run.model_in(folder)) == "a model");
}

TEST_CASE("a model that the experiment names is taken as it is, and nothing is trained") {
  TrainedRun run;
  run.name_model("given");
  RunFolder folder = run.open();
  CHECK(run.model_in(folder) == run.config.model.path);
  CHECK(run.trained == 0);
  CHECK(folder.manifest()["model_hash"] == base::sha256_hex("given"));
  CHECK_FALSE(folder.manifest().contains("model_seconds"));
  CHECK_FALSE(fs::exists(folder.file("model.noema")));
}

TEST_CASE("another model is refused once an arm has finished with the first, and not before") {
  TrainedRun run;
  run.name_model("given");
  RunFolder folder = run.open();
  run.model_in(folder);
  run.name_model("changed");
  run.model_in(folder);
  CHECK(folder.manifest()["model_hash"] == base::sha256_hex("changed"));
  folder.finish({{"arm", "a"}}, {1.0F});
  run.name_model("changed again");
  CHECK_THROWS_WITH(
      run.model_in(folder),
      run.config.model.path.string() + " is not the model that this run began with; give another --out, or --force");
  CHECK(folder.manifest()["model_hash"] == base::sha256_hex("changed"));
}

TEST_CASE("a model that is not there is refused by its name") {
  TrainedRun run;
  run.config.model.file = "absent.noema";
  run.config.model.path = run.folder / "absent.noema";
  RunFolder folder = run.open();
  CHECK_THROWS_WITH(run.model_in(folder), Catch::Contains("absent.noema"));
}
