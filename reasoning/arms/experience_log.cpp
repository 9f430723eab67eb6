#include "reasoning/arms/experience_log.h"

#include "base/error.h"
#include "memory/images/png.h"

namespace noema::reasoning {

namespace {

/// The pixels of PNG bytes, each from 0 to 1.
Features image_of_png_in(const nlohmann::json& png, std::string label) {
  const auto& bytes = png.get_binary();
  const memory::Image image =
      memory::image_of_png({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "an image of a saved arm");
  Features features;
  features.label = std::move(label);
  features.width = image.width;
  features.values = memory::shades_of(image.pixels);
  return features;
}

/// A label and what has it.
bool is_labelled(const nlohmann::json& entry) {
  return entry.is_array() && entry.size() == 2 && entry[0].is_string() &&
         (entry[1].is_string() || entry[1].is_binary());
}

}  // namespace

void ExperienceLog::warm_image(const std::string& label, const std::string& png) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(png.data());
  entries_.push_back({"image", {label, nlohmann::json::binary({bytes, bytes + png.size()})}});
}

void ExperienceLog::replay(const nlohmann::json& entries, Learner& learner) {
  for (const nlohmann::json& entry : entries) {
    const bool is_pair = entry.is_array() && entry.size() == 2 && entry[0].is_string();
    const std::string what = is_pair ? entry[0].get<std::string>() : "";
    if (what == "experience" && entry[1].is_string()) {
      learner.experience(Text{entry[1].get<std::string>(), nullptr});
    } else if (what == "warm" && entry[1].is_string()) {
      learner.warm(Text{entry[1].get<std::string>(), nullptr});
    } else if (what == "labelled" && is_labelled(entry[1]) && entry[1][1].is_string()) {
      learner.warm(LabelledText{entry[1][1].get<std::string>(), entry[1][0].get<std::string>()});
    } else if (what == "image" && is_labelled(entry[1]) && entry[1][1].is_binary()) {
      learner.warm(image_of_png_in(entry[1][1], entry[1][0].get<std::string>()));
    } else if (what == "think" && entry[1].is_number_unsigned()) {
      learner.think(entry[1].get<std::uint64_t>());
    } else {
      throw base::Error("the saved state of an arm is damaged; begin the arm anew");
    }
  }
}

}  // namespace noema::reasoning
