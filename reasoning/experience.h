#pragma once
// What a learner is shown, and what it answers.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace noema::reasoning {

struct UnitReading;

/// A line of text, valid UTF-8 without line feed.
struct Text {
  std::string text;
  /// Its units as a transformer read them, if one did for several learners at once; else a learner reads for itself.
  const std::vector<UnitReading>* reading = nullptr;
};
/// A text, and the label that it has; a learner says the label before it is told.
struct LabelledText {
  std::string text, label;
};
/// An image or another vector of numbers, and its label.
struct Features {
  std::vector<float> values;
  std::string label;
  std::size_t width = 0;  ///< values a row of an image; 0: they have no neighbourhood
};
/// A question, and its answer if somebody gave one; a learner answers before it is told.
struct Question {
  std::string text;
  std::optional<std::string> answer;
};

/// A text, and the one that stands for it, such as its translation; a learner translates before it is told the target.
struct ToldPair {
  std::string source, target;
};

using Experience = std::variant<Text, LabelledText, Features, Question, ToldPair>;
enum class ExperienceKind { kText, kLabelledText, kFeatures, kQuestion, kPair };  // in the order of the variant

inline ExperienceKind kind_of(const Experience& experience) { return static_cast<ExperienceKind>(experience.index()); }
inline std::string_view name_of(ExperienceKind kind) {
  constexpr std::string_view kNames[] = {"text", "labelled text", "features", "questions", "pairs"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// The label that comes with an experience; "" for one without.
inline const std::string& label_of(const Experience& experience) {
  static const std::string none;
  if (const auto* text = std::get_if<LabelledText>(&experience)) return text->label;
  if (const auto* features = std::get_if<Features>(&experience)) return features->label;
  return none;
}

/// Bits that each unit of a text cost before it was learned from, line end included.
struct Bits {
  std::vector<double> units;
};
/// A label, the next best one, and the probability of the first; no label if the learner has none to give.
struct Label {
  std::optional<std::string> label, runner_up;
  double confidence = 0;  ///< of the likeliest class, also where the label is absent because it may be of none
};
/// An answer; nothing if the learner abstained.
struct Reply {
  std::optional<std::string> answer;
  double confidence = 0;
};

/// A translation, made before the right one was told; and then, bits of each token of the right one, its line end
/// included, each before it was learned from.
struct Translated {
  std::string text;
  std::vector<double> token_bits;
};

using Outcome = std::variant<Bits, Label, Reply, Translated>;

}  // namespace noema::reasoning
