#pragma once
// Several runs beside each other: results by arm, and which settings differ.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace noema::experiments {

/// {"runs":[{"run","name","seed","code_version","data_hash"}], "settings":[{"key","values":[one a run]}] (those that
/// differ),
///  "arms":[{"arm","run","bits_per_char","word_perplexity",...,"difference_bits_per_char" against the first run that
///  has the arm}], "same_data":bool}. Throws base::Error if a folder holds no finished run.
nlohmann::json compare_runs(const std::vector<std::filesystem::path>& runs);

/// The comparison as an aligned table for people.
std::string comparison_text(const nlohmann::json& comparison);

/// The comparison as one self-contained page.
std::string comparison_html(const nlohmann::json& comparison);

}  // namespace noema::experiments
