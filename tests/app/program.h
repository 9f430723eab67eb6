#pragma once
// Runs the program as a user does, and looks at what it prints and how it ends.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace noema::tests {

struct Outcome {
  int status = -1;  ///< exit status; 128 + signal if it was killed
  std::string out, err;

  /// Standard output as JSON lines.
  std::vector<nlohmann::json> json() const;
};

/// Runs noema with arguments. nobody: as a user who is not root, if we are.
Outcome run_noema(const std::vector<std::string>& arguments, bool nobody = false);

/// Runs noema with its standard output in this file or device. Outcome::out stays empty.
Outcome run_noema_into(const std::string& out, const std::vector<std::string>& arguments);

/// Runs noema with its standard input from this file.
Outcome run_noema_reading(const std::string& in, const std::vector<std::string>& arguments);

/// Checks that it ended with this status, with one line on standard error that holds `says`, and printed no result.
void check_complaint(const Outcome& outcome, int status, const std::string& says);

/// How a program ended that a signal was sent to, and how long after it.
struct Interruption {
  Outcome outcome;
  double seconds = 0;
};

/// noema that runs beside the test, until it ends or is ended.
class RunningNoema {
 public:
  struct Start {
    std::string in = "/dev/null";
    std::string out = {};  ///< empty: it is kept for Outcome::out
    bool nobody = false;   ///< as a user who is not root, if we are
  };
  explicit RunningNoema(const std::vector<std::string>& arguments, const Start& start);
  explicit RunningNoema(const std::vector<std::string>& arguments) : RunningNoema(arguments, Start()) {}
  /// Kills it if nobody waited for its end.
  ~RunningNoema();
  RunningNoema(const RunningNoema&) = delete;
  RunningNoema& operator=(const RunningNoema&) = delete;

  /// The first line that it prints, without its line feed; waits for it, but not beyond half a minute.
  std::string first_line() const;
  Outcome wait();
  Interruption end(int signal);

 private:
  std::filesystem::path folder_;
  std::string out_;
  int process_ = 0;
};

/// Starts noema and kills it after `milliseconds`, unless it ends before.
Outcome noema_killed(const std::vector<std::string>& arguments, int milliseconds);

/// Starts noema, sends it the signal after `milliseconds`, and measures how long it then takes to end.
Interruption noema_interrupted(const std::vector<std::string>& arguments, int milliseconds, int signal);

/// A folder that is gone afterwards, with a trained-on-nothing model and a short text in it.
struct Workplace {
  std::filesystem::path path;
  Workplace();
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  std::string file(const std::string& name) const { return (path / name).string(); }
  std::string write(const std::string& name, const std::string& content) const;
  /// A new life, born tiny.
  std::string life(const std::string& name = "a.life") const;
};

/// Lines of the generated world.
std::string world_text(std::size_t lines, std::uint64_t seed = 1);

}  // namespace noema::tests
