#pragma once
// Taught answers: a question that was fed with its answer is answered so when it is asked again.

#include <optional>
#include <string>
#include <string_view>

#include "memory/life.h"

namespace noema::reasoning {

/// Kinds of episodes: a question that was taught with its answer (or with null: nothing was told about it), and one
/// that was asked. Neither is evidence for an answer.
inline constexpr std::string_view kTaught = "question";
inline constexpr std::string_view kAsked = "asked";
inline bool is_question(const memory::EpisodeRow& row) { return row.kind == kTaught || row.kind == kAsked; }

/// The latest taught question of the same units as this one (white space, case and ways to write a letter apart), with
/// its answer, or nothing.
std::optional<memory::EpisodeRow> taught_answer(const memory::Life& life, const std::string& question);

}  // namespace noema::reasoning
