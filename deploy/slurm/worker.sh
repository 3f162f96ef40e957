#!/bin/sh
# Workers as a job array, by hand or from cron; `mezz fleet run --on slurm` does the same by itself and as many as the
# queue needs. From a shell that has MEZZ_DATABASE and MEZZ_STORE in its environment:
#
#     sbatch --array=1-8 deploy/slurm/worker.sh
#
# Only these names are handed on: values never appear on a command line.
#SBATCH --job-name=mezz-worker
#SBATCH --export=HOME,PATH,MEZZ,MEZZ_DATABASE,MEZZ_STORE,MEZZ_TOOLS,AWS_REGION,AWS_PROFILE
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=8
#SBATCH --mem=16384M
# A worker whose node fails, or that is pushed away too quickly to end by itself, waits in the queue again.
#SBATCH --requeue
#SBATCH --open-mode=append
# To the batch step, which is the worker itself: it hands back its tasks and ends.
#SBATCH --signal=B:TERM@60

exec "${MEZZ:-mezz}" worker --slots "${SLURM_CPUS_PER_TASK:-1}" --memory "${SLURM_MEM_PER_NODE:-4096}" --grace 40 \
    --until-idle 120 --work "${SLURM_TMPDIR:-${TMPDIR:-/tmp}}/mezz-${SLURM_JOB_ID:-0}"
