#include "experiments/run_model.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"

namespace noema::experiments {

namespace fs = std::filesystem;

fs::path model_of_run(const ExperimentConfig& config, RunFolder& folder,
                      const std::function<void(const fs::path& out)>& train) {
  nlohmann::json& manifest = folder.manifest();
  fs::path model = config.model.path;
  if (config.model.file.empty()) {
    model = folder.file("model.noema");
    if (!manifest.contains("model_hash") || !fs::exists(model)) {
      fs::remove(model);
      const base::Stopwatch watch;
      train(model);
      manifest["model_seconds"] = watch.seconds();
    }
  }
  const std::string hash = base::sha256_hex(base::read_file(model));
  if (manifest.contains("model_hash") && manifest["model_hash"] != hash && !folder.arms().empty()) {
    throw base::Error(
        fmt::format("{} is not the model that this run began with; give another --out, or --force", model.string()));
  }
  manifest["model_hash"] = hash;
  folder.save_manifest();
  return model;
}

}  // namespace noema::experiments
