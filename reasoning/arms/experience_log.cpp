#include "reasoning/arms/experience_log.h"

#include "base/error.h"

namespace noema::reasoning {

void ExperienceLog::replay(const nlohmann::json& entries, Learner& learner) {
  for (const nlohmann::json& entry : entries) {
    const bool is_pair = entry.is_array() && entry.size() == 2 && entry[0].is_string();
    const std::string what = is_pair ? entry[0].get<std::string>() : "";
    if (what == "experience" && entry[1].is_string()) {
      learner.experience(Text{entry[1].get<std::string>(), nullptr});
    } else if (what == "warm" && entry[1].is_string()) {
      learner.warm(Text{entry[1].get<std::string>(), nullptr});
    } else if (what == "think" && entry[1].is_number_unsigned()) {
      learner.think(entry[1].get<std::uint64_t>());
    } else {
      throw base::Error("the saved state of an arm is damaged; begin the arm anew");
    }
  }
}

}  // namespace noema::reasoning
