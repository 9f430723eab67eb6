#pragma once
// Taught answers: a question that was fed with its answer is answered so when it is asked again.

#include <optional>
#include <string>
#include <string_view>

#include "memory/life.h"
#include "reasoning/headings.h"

namespace noema::reasoning {

/// Kinds of episodes: a question that was taught with its answer (or with null: nothing was told about it), and one
/// that was asked. Neither is evidence for an answer.
inline constexpr std::string_view kTaught = "question";
inline constexpr std::string_view kAsked = "asked";
/// A question with an answer that somebody called wrong.
inline constexpr std::string_view kRefused = "refused";
inline bool is_question(std::string_view kind) { return kind == kTaught || kind == kAsked || kind == kRefused; }
inline bool is_question(const memory::EpisodeRow& row) { return is_question(row.kind); }

/// The latest taught question of the same units as this one (white space, case and ways to write a letter apart), with
/// its answer, or nothing. One that was taught in another group than is asked for asked of other things.
std::optional<memory::EpisodeRow> taught_answer(const memory::Life& life, const std::string& question,
                                                const RecallFilter& among = {});
/// Whether the newest that was said of this answer to this question is that it is wrong.
bool is_refused(const memory::Life& life, const std::string& question, const std::string& answer);

}  // namespace noema::reasoning
