#include "experiments/run_record.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "base/time.h"
#include "experiments/csv.h"
#include "experiments/report.h"

namespace noema::experiments {
namespace {

using nlohmann::json;

std::string now(const ExperimentOptions& options) {
  base::SystemClock system;
  return base::iso8601((options.clock != nullptr ? *options.clock : system).now_seconds());
}

}  // namespace

void begin_run(RunFolder& folder, const ExperimentConfig& config, const ExperimentOptions& options,
               const std::string& data_hash, const json& facts) {
  json& manifest = folder.manifest();
  if (manifest.contains("data_hash") && !data_hash.empty() && manifest["data_hash"] != data_hash)
    throw base::Error(
        fmt::format("{} was begun with other data (SHA-256 {:.12}, now {:.12}): the stream's files have changed; give "
                    "another --out, or --force",
                    options.out.string(), manifest["data_hash"].get<std::string>(), data_hash));
  if (!manifest.contains("started")) manifest["started"] = now(options);
  manifest["name"] = config.name;
  manifest["experiment"] = to_json(config);
  manifest["source"] = config.source.string();
  manifest["seed"] = config.seed;
  manifest["code_version"] = options.code_version;
  manifest["command"] = options.command;
  if (!data_hash.empty()) manifest["data_hash"] = data_hash;
  manifest.update(facts);
  if (!manifest.contains("ended")) manifest["ended"] = nullptr;
  folder.save_manifest();
}

ExperimentResult end_run(RunFolder& folder, const ExperimentConfig& config, const ExperimentOptions& options,
                         const json& results) {
  folder.order_events(config.arms);
  folder.write_results(results);
  write_csv(options.out);
  json& manifest = folder.manifest();
  if (manifest["ended"].is_null()) manifest["ended"] = now(options);
  folder.save_manifest();
  base::write_file(folder.file("report.html"), render_report(options.out));
  return {true, read_results(options.out), folder.file("report.html")};
}

}  // namespace noema::experiments
