#pragma once
// Going through the concepts that thinking made: each is kept, its thought is undone, or it is skipped.

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/list_concepts.h"

namespace noema::app {

enum class Verdict { kKeep, kUndo, kSkip, kQuit };
std::string_view name_of(Verdict verdict);
/// A verdict's name, or the beginning of it, in any case; nothing for other texts.
std::optional<Verdict> verdict_of(std::string_view answer);

/// What a review does with the life in a file, or with one that a server holds.
struct Reviewed {
  std::function<memory::ThoughtId(const ListedConcept&)> keep;  ///< returns the thought that keeps it
  std::function<void(memory::ThoughtId)> undo;                  ///< both throw base::Error if they are refused
};

struct Judged {
  ListedConcept itself;
  Verdict verdict = Verdict::kSkip;
  memory::ThoughtId thought = 0;       ///< that keeps it, or that was taken back; 0: neither
  std::optional<std::string> refused;  ///< why the verdict could not be carried out
};

/// Asks for a verdict on each concept, in order, and carries it out at once, until the answer is kQuit. A concept that
/// went with the thought of one before it is passed over. tell() is shown each outcome.
void review(const std::vector<ListedConcept>& concepts, const Reviewed& life,
            const std::function<Verdict(const ListedConcept&)>& ask, const std::function<void(const Judged&)>& tell);

/// {"id","label","answer","thought","refused"}, with null for what there is not.
nlohmann::ordered_json to_json(const Judged& value);

}  // namespace noema::app
