#pragma once
// What a learner was shown, in order. It determines a mind's graph, weights and window to the bit, so it is what an arm
// that is a mind saves: loading it shows the arm everything again.

#include <nlohmann/json.hpp>
#include <string>

#include "reasoning/learner.h"

namespace noema::reasoning {

class ExperienceLog {
 public:
  void experience(const std::string& text) { add("experience", text); }
  void warm(const std::string& text) { add("warm", text); }
  void warm(const LabelledText& item) { entries_.push_back({"labelled", {item.label, item.text}}); }
  void warm_image(const std::string& label, const std::string& png);
  void think(std::uint64_t proposals) { add("think", proposals); }

  /// An entry of another log.
  void add(const nlohmann::json& entry) { entries_.push_back(entry); }

  const nlohmann::json& entries() const { return entries_; }
  std::uint64_t bytes() const { return bytes_; }

  /// Shows the learner all of it; the learner logs it anew. Throws base::Error for entries that are none.
  static void replay(const nlohmann::json& entries, Learner& learner);

 private:
  template <typename Value>
  void add(const char* what, const Value& value) {
    entries_.push_back({what, value});
    if constexpr (std::is_same_v<Value, std::string>) bytes_ += value.size();
  }
  nlohmann::json entries_ = nlohmann::json::array();
  std::uint64_t bytes_ = 0;
};

}  // namespace noema::reasoning
