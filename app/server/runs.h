#pragma once
// Runs of experiments in a folder, for those who compare them in a browser.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace noema::app {

class Runs {
 public:
  /// No folder: there are no runs. Throws base::Error if there is no such folder.
  explicit Runs(std::filesystem::path folder = {});

  /// {"runs":[{"run","name","seed","arms":[...],"ended"}]}, by name: the folders in it that hold a finished run; what
  /// cannot be read as one is left out. Links are not followed.
  nlohmann::ordered_json list() const;
  /// {"run","results":results.json,"experiences":[the lines of events.jsonl, at most kMostExperiences an arm],"cut"}.
  /// Throws UnknownName for a name that list() does not give.
  nlohmann::ordered_json run(const std::string& name) const;

  static constexpr std::size_t kMostExperiences = 400;

 private:
  bool has(const std::string& name) const;

  std::filesystem::path folder_;
};

}  // namespace noema::app
