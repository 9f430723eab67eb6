#pragma once
// Every table and curve of a run as CSV (RFC 4180), for spreadsheets and notebooks.

#include <filesystem>

namespace noema::experiments {

/// Writes into the folder of a run, from its results.json and events.jsonl: results.csv (a row an arm), curves.csv (a
/// row for each experience and arm), against.csv (a row for each pair of arms), and accuracy_matrix.csv (arm, after,
/// task, accuracy) where classes come task by task. A value that is absent is an empty field.
void write_csv(const std::filesystem::path& run);

}  // namespace noema::experiments
