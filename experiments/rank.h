#pragma once
// The place of this process among those that mpirun or srun started together.

namespace noema::experiments {

struct Rank {
  unsigned index = 0;  ///< 0 for the one that leads
  unsigned count = 1;  ///< 1: this process is alone

  bool is_helper() const { return index > 0; }
};

/// From what Open MPI's mpirun (OMPI_COMM_WORLD_RANK and _SIZE), MPICH's (PMI_RANK, PMI_SIZE) and Slurm's srun
/// (SLURM_PROCID, SLURM_STEP_NUM_TASKS) tell the programs they start. Alone if none of them did.
Rank rank_of_process();

}  // namespace noema::experiments
