// Grey shapes in the place of what is still being read.
import { Skeleton } from 'antd';

const TREE_ROWS = 14;

export function TreeSkeleton() {
  return (
    <div className="skeleton-box">
      <Skeleton active title={{ width: '40%' }} paragraph={{ rows: TREE_ROWS, width: '100%' }} />
    </div>
  );
}

export function PanelSkeleton() {
  return (
    <div className="skeleton-box">
      <Skeleton active title={{ width: '60%' }} paragraph={{ rows: 8 }} />
    </div>
  );
}
