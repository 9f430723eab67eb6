#pragma once
// Runs of experiments in a folder, for those who compare them in a browser.

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace noema::app {

class Runs {
 public:
  /// No folder: there are no runs. Throws base::Error if there is no such folder.
  explicit Runs(std::filesystem::path folder = {});
  /// The runs of the one experiment that is being made in this folder, as they grow: one, or one for each setting and
  /// seed ("protocol.think=2: seed-1"). The folder need not be there yet.
  static Runs of_experiment(std::filesystem::path out);
  /// True for those of one experiment.
  bool grows() const { return grows_; }

  /// {"runs":[{"run","name","seed","arms":[...],"ended"}]}, by name: the folders in it that hold a finished run or, of
  /// one experiment, one that has begun; what cannot be read as one is left out. Links are not followed.
  nlohmann::ordered_json list() const;
  /// {"run","results":results.json, or before that the last experience of each arm,"experiences":[the lines of
  /// events.jsonl, at most kMostExperiences an arm],"cut"}. Throws UnknownName for a name that list() does not give.
  nlohmann::ordered_json run(const std::string& name) const;

  static constexpr std::size_t kMostExperiences = 400;

 private:
  std::map<std::string, std::filesystem::path> found() const;

  std::filesystem::path folder_;
  bool grows_ = false;
};

}  // namespace noema::app
